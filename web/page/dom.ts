/** The element of the page with this id; `type` is the class that it has there. */
export function byId<T extends Element>(id: string, type: new () => T): T {
  const found = document.getElementById(id) as Element | null;
  if (found instanceof type) return found;
  throw new Error(`The page has no ${type.name} ${id}.`);
}

/** A new element with text and a class. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text = "",
  className = "",
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== "") made.className = className;
  return made;
}

/** A score or threshold in as many digits as tell. */
export function figure(value: number): string {
  return value.toFixed(Math.abs(value) < 1 ? 4 : 3);
}

/** A share as a percentage in two digits that count: 0.0476 as "4.8 %". */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** The same, rounded up: 1/22 as "4.6 %". */
export function percentAtMost(share: number): string {
  const unit = 10 ** (Math.floor(Math.log10(share)) - 1);
  return percent(Math.ceil(share / unit - 1e-9) * unit);
}
