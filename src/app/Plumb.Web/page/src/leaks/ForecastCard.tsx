import { duration, quantity } from "../charts/quantities.ts";
import type { Curve, Forecast } from "./answer.ts";

const WIDTH = 720;
const HEIGHT = 150;
const PAD = { left: 8, right: 8, top: 22, bottom: 22 };

/** How it goes on if nothing is done: what was seen, the way to the limit, and how sure that is. */
export function ForecastCard({ forecast, process }: { forecast: Forecast; process: Curve[] }) {
  const seen = Math.max(0, ...process.map((curve) => curve.seconds[curve.seconds.length - 1] ?? 0));
  const horizon = Math.max(forecast.seconds, forecast.earliest) * 1.15;
  const x = (seconds: number) => PAD.left + (Math.min(seconds, horizon) / horizon) * (WIDTH - PAD.left - PAD.right);
  const bottom = Math.min(forecast.current, Math.max(0, forecast.current - (forecast.limit - forecast.current) * 0.2));
  const y = (value: number) => HEIGHT - PAD.bottom - ((value - bottom) / Math.max(forecast.limit - bottom, Number.MIN_VALUE)) * (HEIGHT - PAD.top - PAD.bottom);
  const latest = forecast.latest ?? Number.POSITIVE_INFINITY;
  // The late line may leave the picture at its right end.
  const lateEnd = latest <= horizon ? { at: latest, level: forecast.limit } : { at: horizon, level: Number.isFinite(latest) ? forecast.current + ((forecast.limit - forecast.current) * horizon) / latest : forecast.current };
  const band = `${x(0)},${y(forecast.current)} ${x(forecast.earliest)},${y(forecast.limit)} ${x(horizon)},${y(forecast.limit)} ${latest <= horizon ? "" : `${x(horizon)},${y(forecast.limit)} `}${x(lateEnd.at)},${y(lateEnd.level)}`;
  return (
    <section class="block forecast">
      <h3>If nothing is done</h3>
      <p>{forecast.text}</p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={forecast.text}>
        <polygon class="band" points={band} />
        <line class="limit" x1={PAD.left} x2={WIDTH - PAD.right} y1={y(forecast.limit)} y2={y(forecast.limit)} />
        <line class="way" x1={x(0)} y1={y(forecast.current)} x2={x(forecast.seconds)} y2={y(forecast.limit)} />
        <circle cx={x(0)} cy={y(forecast.current)} r={3.5} />
        <circle class="end" cx={x(forecast.seconds)} cy={y(forecast.limit)} r={3.5} />
        <text x={PAD.left} y={y(forecast.limit) - 7}>{forecast.limitName}: {quantity(forecast.limit, forecast.unit)}</text>
        <text x={x(forecast.seconds)} y={HEIGHT - 6} text-anchor="middle">in {duration(forecast.seconds)}</text>
        <text x={PAD.left} y={HEIGHT - 6}>now: {quantity(forecast.current, forecast.unit)}</text>
      </svg>
      {seen > 0 && <p class="soft">Drawn from {duration(seen)} of watching.</p>}
    </section>
  );
}
