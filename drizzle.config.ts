import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./src/store/tables.ts",
    "./src/store/ledger-tables.ts",
    "./src/store/publication-tables.ts",
    "./src/store/promise-tables.ts",
    "./src/store/warranty-tables.ts",
    "./src/store/customer-tables.ts",
    "./src/store/invoicing-tables.ts",
    "./src/store/shipment-tables.ts",
    "./src/store/price-credit-tables.ts",
    "./src/store/alert-tables.ts",
  ],
  out: "./src/store/migrations",
  schemaFilter: ["portico"],
});
