/** The one script of the page: keeps the list of marked files, and hands it over as a file or by the clipboard. */
export const MARKING_SCRIPT = `
const boxes = [...document.querySelectorAll("input[name=drop]")];
const list = document.getElementById("list");
const count = document.getElementById("count");
const buttons = [document.getElementById("download"), document.getElementById("copy")];
const update = () => {
  const marked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("article").classList.toggle("dropped", box.checked);
  list.value = marked.map((box) => box.value + "\\n").join("");
  count.textContent = marked.length;
  for (const button of buttons) button.disabled = marked.length === 0;
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
