import { byId } from "./dom.ts";

/** Hands over the images that are chosen, dropped anywhere on the page, or pasted. */
export function watchSources(onFiles: (files: readonly File[]) => void): void {
  const files = byId("files", HTMLInputElement);
  const hand = (list: FileList | undefined | null) => {
    const given = [...(list ?? [])];
    if (given.length > 0) onFiles(given);
  };
  files.addEventListener("change", () => {
    hand(files.files);
    files.value = "";
  });
  addEventListener("paste", (event) => hand(event.clipboardData?.files));
  addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    hand(event.dataTransfer?.files);
  });
}
