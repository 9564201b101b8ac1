export { type RenderedTables, renderTables } from "./render-tables.ts";
