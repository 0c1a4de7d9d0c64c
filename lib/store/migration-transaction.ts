import "server-only";
import type { SqlQueryable } from "@prisma/driver-adapter-utils";

/** One transaction on one connection: a migration and the record of it happen in it, or neither does. */
export interface MigrationTransaction extends SqlQueryable {
  /** Runs many statements as they stand: a function body may contain semicolons. */
  executeScript(script: string): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

export interface MigrationTarget {
  begin(): Promise<MigrationTransaction>;
}
