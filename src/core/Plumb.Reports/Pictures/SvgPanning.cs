namespace Plumb.Reports.Pictures;

/// <summary>Lets a browser drag and zoom an SVG picture.</summary>
public static class SvgPanning
{
    /// <summary>
    /// The script, as the element to put at the end of a picture that has a viewBox. It moves the viewBox and touches nothing else: it reads no
    /// text of the picture, makes no element and asks no server.
    /// </summary>
    public const string Script = """
        <script><![CDATA[
        (() => {
          const svg = document.currentScript.ownerSVGElement;
          const whole = svg.getAttribute('viewBox').split(/[ ,]+/).map(Number);
          let view = whole.slice(), held = null;
          svg.style.cursor = 'grab';
          svg.style.userSelect = 'none';
          const show = () => svg.setAttribute('viewBox', view.join(' '));
          const place = e => new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
          const zoom = (factor, x, y) => {
            const limited = Math.min(Math.max(view[2] * factor, whole[2] / 200), whole[2] * 4) / view[2];
            view = [x - (x - view[0]) * limited, y - (y - view[1]) * limited, view[2] * limited, view[3] * limited];
            show();
          };
          svg.addEventListener('wheel', e => {
            e.preventDefault();
            const p = place(e);
            zoom(Math.exp(Math.max(-100, Math.min(100, e.deltaY)) / 400), p.x, p.y);
          }, { passive: false });
          svg.addEventListener('pointerdown', e => {
            if (e.button !== 0) return;
            held = place(e);
            svg.setPointerCapture(e.pointerId);
            svg.style.cursor = 'grabbing';
          });
          svg.addEventListener('pointermove', e => {
            if (!held) return;
            const p = place(e);
            view[0] += held.x - p.x;
            view[1] += held.y - p.y;
            show();
          });
          const release = () => { held = null; svg.style.cursor = 'grab'; };
          svg.addEventListener('pointerup', release);
          svg.addEventListener('pointercancel', release);
          svg.addEventListener('dblclick', () => { view = whole.slice(); show(); });
          document.addEventListener('keydown', e => {
            const x = view[0] + view[2] / 2, y = view[1] + view[3] / 2;
            if (e.key === '+' || e.key === '=') zoom(0.8, x, y);
            else if (e.key === '-') zoom(1.25, x, y);
            else if (e.key === '0') { view = whole.slice(); show(); }
          });
        })();
        ]]></script>
        """;

    /// <summary>Puts the script into a picture that Graphviz drew, and makes the picture fill its window.</summary>
    /// <param name="svg">The whole document. One that does not look like Graphviz's comes back as it is.</param>
    public static string AddTo(string svg)
    {
        int open = svg.IndexOf("<svg ", StringComparison.Ordinal), end = svg.LastIndexOf("</svg>", StringComparison.Ordinal);
        int view = open < 0 ? -1 : svg.IndexOf("viewBox=", open, StringComparison.Ordinal);
        if (view < 0 || end < view || view > svg.IndexOf('>', open))
            return svg;

        return $"{svg[..open]}<svg width=\"100%\" height=\"100%\"\n {svg[view..end]}{Script}\n</svg>\n";
    }
}
