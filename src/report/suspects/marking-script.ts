/**
 * The one script of the page: keeps the list of marked files, in the browser's storage too, which may refuse, and hands it over as a file or by the
 * clipboard. Marks are stored by the data set's fingerprint; those of images that the page does not show stay there.
 */
export const MARKING_SCRIPT = `
const boxes = [...document.querySelectorAll("input[name=drop]")];
const list = document.getElementById("list");
const count = document.getElementById("count");
const buttons = [document.getElementById("download"), document.getElementById("copy")];
const key = "rsad suspects " + list.dataset.fingerprint;
const kept = document.getElementById("kept");
let stored = [];
try {
  stored = [JSON.parse(localStorage.getItem(key) ?? "[]")].flat();
} catch {}
for (const box of boxes) box.checked = stored.includes(box.value);
const others = stored.filter((name) => !boxes.some((box) => box.value === name));
const keep = (names) => {
  try {
    localStorage.setItem(key, JSON.stringify(names));
    kept.textContent = "Marks are kept in this browser, for this data set.";
  } catch {
    kept.textContent = "This browser keeps no marks: take the list with you before you leave the page.";
  }
};
const update = () => {
  const marked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("article").classList.toggle("dropped", box.checked);
  list.value = marked.map((box) => box.value + "\\n").join("");
  count.textContent = marked.length;
  for (const button of buttons) button.disabled = marked.length === 0;
  keep([...others, ...marked.map((box) => box.value)]);
};
for (const box of boxes) box.addEventListener("change", update);
buttons[0].addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([list.value], { type: "text/plain" }));
  link.download = "dropped.txt";
  link.click();
  URL.revokeObjectURL(link.href);
});
buttons[1].addEventListener("click", () => {
  list.select();
  if (navigator.clipboard === undefined) document.execCommand("copy");
  else navigator.clipboard.writeText(list.value).catch(() => document.execCommand("copy"));
});
update();
`;
