import { claimRoutes } from './claims/routes.ts';
import { claimSchema } from './claims/schemas.ts';
import { fileRoutes } from './files/routes.ts';
import { fileSchema } from './files/schemas.ts';
import type { V1Routes } from './v1-routes.ts';
import { personalDataRoutes } from './personal-data/routes.ts';
import { personalDataEntrySchema } from './personal-data/schemas.ts';
import { ledgerLineRoutes } from './ledger-lines/routes.ts';
import { ledgerLineSchema } from './ledger-lines/schemas.ts';
import { statementRoutes } from './statements/routes.ts';
import { statementSchema } from './statements/schemas.ts';
import { statisticsRoutes } from './statistics/routes.ts';
import { deadlinesSchema, statisticsSchema } from './statistics/schemas.ts';

/** Schemas of what a shop lives with after the result, named by `ref`. */
export const afterTheResultSchemas = [
  fileSchema,
  claimSchema,
  ledgerLineSchema,
  statementSchema,
  statisticsSchema,
  deadlinesSchema,
  personalDataEntrySchema,
];

/** After the result: evidence, claims, the ledger, statements, statistics, and who saw what is personal in them. */
export const afterTheResultRoutes: V1Routes = async (app, { deps }) => {
  await app.register(fileRoutes, { deps });
  await app.register(claimRoutes, { deps });
  await app.register(ledgerLineRoutes, { deps });
  await app.register(statementRoutes, { deps });
  await app.register(statisticsRoutes, { deps });
  await app.register(personalDataRoutes, { deps });
};
