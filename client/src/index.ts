export { type Client, type ClientOptions, connect, dataOf, type Schemas, upload } from './client.ts';
export { type Page, pages } from './pages.ts';
export { Problem } from './problem.ts';
export type { components, operations, paths } from './schema.ts';
export { verifyWebhook, type WebhookEvent, type WebhookEvents } from './webhook.ts';
