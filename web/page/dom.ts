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
