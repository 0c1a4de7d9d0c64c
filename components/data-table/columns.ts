import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSelectionFeature,
  tableFeatures,
  type TableOptions,
} from "@tanstack/react-table";

export interface ColumnLook {
  /** Names the row: links to it, heads the card on a phone. */
  isPrimary?: boolean;
  /** A menu or button at the end of the row. */
  isActions?: boolean;
  align?: "right";
  /** The server's sort key; the header becomes a button. */
  sortKey?: string;
  /** Left out of the card on a phone. */
  isWideOnly?: boolean;
  className?: string;
}

export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  columnMeta: metaHelper<ColumnLook>(),
});

/** `const column = columnsOf<App>(); const columns = column.columns([column.accessor("name", { header: "App", meta: { isPrimary: true } })])` */
export const columnsOf = <Row extends object>() => createColumnHelper<typeof features, Row>();

export type Columns<Row extends object> = TableOptions<typeof features, Row>["columns"];
