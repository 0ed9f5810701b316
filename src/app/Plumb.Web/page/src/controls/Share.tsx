import { percent } from "../amounts.ts";

/** A part of a whole as a number over a bar; where values go both ways, in the colours of a comparison. */
export function Share({ value, total, isSigned = false }: { value: number; total: number; isSigned?: boolean }) {
  const part = total === 0 ? 0 : Math.min(1, Math.abs(value / total));
  return (
    <>
      <i class={isSigned && value > 0 ? "more" : ""} style={{ width: `${part * 100}%` }} />
      <span>{percent(value, total)}</span>
    </>
  );
}
