namespace Plumb.Benchmarks.Web;

/// <summary>What is asked of the pages.</summary>
internal static class PageScripts
{
    /// <summary>The canvas says how many boxes it drew.</summary>
    public const string IsPainted = "() => Number(document.querySelector('.canvas canvas')?.dataset.boxes ?? 0) > 0";

    /// <summary>Boxes are elements of the page: of an SVG up to Go 1.20, of HTML since.</summary>
    public const string IsPaintedByPeer = "() => document.querySelectorAll('svg g.frame, svg g rect, #stack-chart div').length > 1";

    /// <summary>Goes to the address of each pattern, as Back would, and waits until another picture is there.</summary>
    public const string Focus = """
        async (patterns) => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          const times = [];
          for (const pattern of patterns) {
            const before = document.querySelector('.details').textContent;
            const began = performance.now();
            history.pushState(null, '', '?f=' + encodeURIComponent(pattern));
            dispatchEvent(new PopStateEvent('popstate'));
            for (;;) {
              await frame();
              const now = document.querySelector('.details')?.textContent ?? before;
              if (now !== before && document.querySelector('.stale') === null && document.querySelector('.canvas canvas')?.dataset.boxes) break;
              if (performance.now() - began > 60000) throw new Error('no other picture after a minute');
            }
            times.push(performance.now() - began);
          }
          return times;
        }
        """;

    /// <summary>
    /// Zooms in and out at changing places, then scrolls to the right and back, an event a frame. Each has to change the picture: a frame in which
    /// nothing does waits for the beat of a screen.
    /// </summary>
    public const string Frames = """
        async () => {
          const canvas = document.querySelector('.canvas canvas');
          const scroller = canvas.parentElement;
          const box = canvas.getBoundingClientRect();
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          const nodes = parseInt(document.querySelector('.count').textContent.replaceAll(',', ''));
          const draws = [], gaps = [];
          let boxes = 0;
          let last = await frame();
          for (let i = 0; i < 300; i++) {
            const at = { clientX: box.left + box.width * (0.2 + 0.6 * (i / 200)), clientY: box.top + 100, bubbles: true, cancelable: true };
            const turn = i < 200 ? { ctrlKey: true, deltaY: i >= 160 ? -6 : i % 80 < 40 ? -25 : 25 } : { deltaX: i < 250 ? 12 : -12 };
            scroller.dispatchEvent(new WheelEvent('wheel', { ...at, ...turn }));
            if (i >= 200) scroller.scrollTop += i < 250 ? 12 : -12;
            const now = await frame();
            gaps.push(now - last);
            last = now;
            draws.push(Number(canvas.dataset.milliseconds));
            boxes = Math.max(boxes, Number(canvas.dataset.boxes));
          }
          return { nodes, boxes, draws, gaps };
        }
        """;

    /// <summary>Scrolls the page of the peer, which has no zoom that moves.</summary>
    public const string FramesOfPeer = """
        async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          const boxes = document.querySelectorAll('svg g.frame, #stack-chart > div').length;
          const gaps = [];
          let last = await frame();
          for (let i = 0; i < 100; i++) {
            scrollBy(0, i < 50 ? 12 : -12);
            const now = await frame();
            gaps.push(now - last);
            last = now;
          }
          return { nodes: 0, boxes, draws: [], gaps };
        }
        """;

    /// <summary>What a browser takes to clear a canvas of that size and put it on the screen: no picture can be faster.</summary>
    public const string EmptyFrames = """
        async () => {
          const [width, height] = [innerWidth, innerHeight];
          const canvas = document.body.appendChild(document.createElement('canvas'));
          [canvas.width, canvas.height] = [width, height];
          const context = canvas.getContext('2d', { alpha: false });
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          const draws = [], gaps = [];
          let last = await frame();
          for (let i = 0; i < 300; i++) {
            const began = performance.now();
            context.fillStyle = i % 2 ? '#fff' : '#eee';
            context.fillRect(0, 0, width, height);
            draws.push(performance.now() - began);
            const now = await frame();
            gaps.push(now - last);
            last = now;
          }
          return { nodes: 0, boxes: 0, draws, gaps };
        }
        """;
}
