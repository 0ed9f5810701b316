import { percent } from "../amounts.ts";

/** A part of a whole as a number over a bar. */
export function Share({ value, total }: { value: number; total: number }) {
  const part = total === 0 ? 0 : Math.min(1, Math.abs(value / total));
  return (
    <>
      <i class={value < 0 ? "less" : ""} style={{ width: `${part * 100}%` }} />
      <span>{percent(value, total)}</span>
    </>
  );
}
