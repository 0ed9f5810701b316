"use strict";
// The page is whole without this. It adds: the value under the pointer, and zooming into a flame graph.
for (const chart of document.querySelectorAll(".chart")) {
  const svg = chart.querySelector("svg");
  const points = svg ? [...svg.querySelectorAll("circle")] : [];
  if (points.length === 0) continue;
  const tip = chart.appendChild(document.createElement("div"));
  tip.className = "tip";
  tip.hidden = true;
  let near = null;
  const leave = () => { tip.hidden = true; if (near) near.classList.remove("near"); near = null; };
  svg.addEventListener("pointerleave", leave);
  svg.addEventListener("pointermove", event => {
    const box = svg.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
    const best = points.reduce((a, b) => Math.abs(b.cx.baseVal.value - x) < Math.abs(a.cx.baseVal.value - x) ? b : a);
    if (near !== best) { if (near) near.classList.remove("near"); near = best; near.classList.add("near"); }
    tip.textContent = best.querySelector("title").textContent;
    tip.hidden = false;
    const scale = box.width / svg.viewBox.baseVal.width;
    const left = best.cx.baseVal.value * scale;
    tip.style.left = Math.min(Math.max(0, left - tip.offsetWidth / 2), box.width - tip.offsetWidth) + "px";
    tip.style.top = svg.offsetTop + best.cy.baseVal.value * scale - tip.offsetHeight - 8 + "px";
  });
}
for (const flame of document.querySelectorAll(".flame > svg")) {
  const frames = [...flame.children].map(node => ({
    node, text: node.querySelector("text"), name: node.querySelector("title").textContent,
    left: parseFloat(node.getAttribute("x")), width: parseFloat(node.getAttribute("width")), top: parseFloat(node.getAttribute("y")),
  }));
  const short = name => name.replace(/: \+[^:]*$/, "").replace(/^.*\//, "");
  const zoom = to => {
    for (const frame of frames) {
      const above = frame.top < to.top && frame.left <= to.left + 1e-6 && frame.left + frame.width >= to.left + to.width - 1e-6;
      const left = above ? 0 : (frame.left - to.left) / to.width * 100;
      const width = above ? 100 : frame.width / to.width * 100;
      const shown = above || (frame.top >= to.top && left > -0.01 && left + width < 100.01);
      frame.node.setAttribute("display", shown ? "inline" : "none");
      frame.node.setAttribute("x", left + "%");
      frame.node.setAttribute("width", width + "%");
      frame.text.textContent = width < 1 ? "" : short(frame.name);
    }
  };
  for (const frame of frames) {
    frame.node.setAttribute("tabindex", "0");
    frame.node.addEventListener("click", () => zoom(frame));
    frame.node.addEventListener("keydown", event => { if (event.key === "Enter") zoom(frame); if (event.key === "Escape") zoom(frames[0]); });
  }
}
