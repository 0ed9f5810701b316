// Amounts and percentages to the character as the text reports have them.

export interface Unit {
  symbol: string;
  factor: number;
}

/** How amounts are written: the server's AmountScale. */
export interface Scale {
  ratio: number;
  factor: number;
  units: Unit[];
  fallback: Unit;
}

export function amount(value: number, scale: Scale): string {
  const divided = scale.ratio === 1 ? value : Math.trunc(value * scale.ratio);
  const size = Math.abs(divided) * scale.factor;
  const unit = scale.units.findLast((candidate) => size / candidate.factor >= 1) ?? (scale.units.length === 1 ? scale.units[0] : scale.fallback);
  const text = (size / unit.factor).toFixed(2).replace(/\.00$/, "");
  return text === "0" ? "0" : `${divided < 0 ? "-" : ""}${text}${unit.symbol}`;
}

export function percent(value: number, total: number): string {
  const part = total === 0 ? 0 : Math.abs(value / total) * 100;
  if (part >= 99.95 && part <= 100.05) return "100%";
  if (part >= 1) return `${part.toFixed(2)}%`;
  if (part === 0) return "0%";
  // C's %.2g: two digits that count, an exponent of at least two digits below a ten-thousandth.
  return part < 1e-4 ? `${Number(part.toPrecision(2)).toExponential().replace(/e-(\d)$/, "e-0$1")}%` : `${Number(part.toPrecision(2))}%`;
}

/** With its sign, for what may go either way. */
export function change(value: number, scale: Scale): string {
  return value > 0 ? `+${amount(value, scale)}` : amount(value, scale);
}
