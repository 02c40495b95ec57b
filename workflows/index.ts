/** Entry of the workflow bundle: each exported function is a workflow type by its name. */
export { claim } from './claim.ts';
export { deliverWebhook } from './deliver-webhook.ts';
export { intercept } from './intercept.ts';
export { patrol } from './patrol.ts';
