import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isInstant } from './http/instant.ts';
import type { Answer, TestApi } from './test-api.ts';

/** Holds an answer to the schema the OpenAPI document gives for its operation and status: nothing missing, nothing undocumented. */
export async function expectDocumented(api: TestApi, operationId: string, answer: Answer): Promise<void> {
  const document = (await api.call('GET', '/v1/openapi.json')).body;
  const operations = Object.values(
    document.paths as Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>,
  );
  const operation = operations.flatMap((path) => Object.values(path)).find((each) => each.operationId === operationId);
  const response = operation?.responses[String(answer.status)] as { content?: Record<string, { schema: object }> } | undefined;
  const schema = response?.content?.['application/json']?.schema ?? response?.content?.['application/problem+json']?.schema;
  if (!schema) throw new Error(`${operationId} documents no ${answer.status}; the answer was ${answer.text.slice(0, 500)}`);
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': isInstant, uri: true } });
  const validate = ajv.compile({ ...schema, components: document.components });
  validate(answer.body);
  expect({ operationId, status: answer.status, faults: validate.errors ?? [] }).toEqual({ operationId, status: answer.status, faults: [] });
}
