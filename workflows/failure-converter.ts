import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts the words of a failure and where it happened into a payload, which the codec then seals. Only where there is a key: loaded by its path beside
 * workflows, and part of their sealed bundle. Whoever reads a failure understands both forms.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
