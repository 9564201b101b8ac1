export { renderTables } from "./render-tables.ts";
