import { TimeChart } from "../charts/TimeChart.tsx";
import type { Curve } from "./answer.ts";

/** Charts side by side, of the same moments. */
export function Curves({ title, curves, group, more = 0 }: { title: string; curves: Curve[]; group: string; more?: number }) {
  if (curves.length === 0) return null;
  return (
    <section class="block">
      <h3>{title}</h3>
      <div class="charts">
        {curves.map((curve) => (
          <TimeChart
            key={curve.name}
            title={curve.name}
            unit={curve.unit}
            times={curve.seconds}
            lines={[{ name: curve.name, values: curve.values }]}
            trend={curve.trend}
            group={group}
            isGrowing={curve.isGrowing}
            note={[curve.levels, curve.tendency].filter((text) => text !== "").join(" · ")}
          />
        ))}
      </div>
      {more > 0 && <p class="soft">… and {more} more series</p>}
    </section>
  );
}
