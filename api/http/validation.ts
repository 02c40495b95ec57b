import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import type { FieldError } from '../problems/problem.ts';
import { isInstant } from './instant.ts';
import { escapePointer } from './strict-json.ts';

/** What no URI has (RFC 3986 §2): other characters than its own, or a `%` that encodes nothing. `URL` takes both and mends them. */
const NO_URI = /[^\w\-.~:/?#[\]@!$&'()*+,;=%]|%(?![\dA-Fa-f]{2})/;

/** Nothing is coerced, dropped or filled in, and all faults are named at once. */
const ajv = new Ajv({ coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true, strict: true, strictTypes: false });
ajv.addFormat('date-time', isInstant);
ajv.addFormat('uri', (text: string) => URL.canParse(text) && !NO_URI.test(text));
// Words for people and for the OpenAPI document; they decide nothing.
ajv.addVocabulary(['example', 'x-labels']);

/**
 * Carried through Fastify as `error.validation`; `pointer` is set by us, so that the handler need not guess the place.
 * `inPath`: an id that no id can look like, which is absent like any other (404).
 */
export class RequestInvalid extends Error {
  readonly errors: FieldError[];
  readonly inPath: boolean;
  constructor(errors: FieldError[], inPath: boolean) {
    super('request invalid');
    this.errors = errors;
    this.inPath = inPath;
  }
}

const PREFIX: Record<string, string> = { querystring: '/query', params: '/path', headers: '/header', body: '' };

/** Validators of bodies, queries and paths. Query texts of whole numbers become numbers here and nowhere else. */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  let validate: ValidateFunction | undefined;
  const prefix = PREFIX[httpPart ?? 'body'] ?? '';
  return (data: unknown) => {
    const value = httpPart === 'querystring' ? readWholeNumbers(schema, data) : data;
    // At its first request: compiling those of all routes was a fifth of the API's start.
    validate ??= ajv.compile(schema);
    if (validate(value)) return { value };
    return { error: new RequestInvalid(toFieldErrors(validate.errors ?? [], prefix), httpPart === 'params') };
  };
};

/** A query is text; a property that the schema calls an integer is read if it is written as plain digits. */
function readWholeNumbers(schema: TSchema, data: unknown): unknown {
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {};
  return Object.fromEntries(
    Object.entries(data as Record<string, unknown>).map(([name, value]) => {
      const isNumber = Object.hasOwn(properties, name) && properties[name]?.type === 'integer';
      return [name, isNumber && typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value];
    }),
  );
}

function toFieldErrors(errors: ErrorObject[], prefix: string): FieldError[] {
  return errors.slice(0, 50).map((error) => {
    const params = error.params as {
      missingProperty?: string;
      additionalProperty?: string;
      allowedValues?: unknown[];
      allowedValue?: unknown;
    };
    const child = params.missingProperty ?? params.additionalProperty;
    return {
      pointer: `${prefix}${error.instancePath}${child === undefined ? '' : `/${escapePointer(child)}`}`,
      message: words(error, params),
    };
  });
}

function words(error: ErrorObject, params: { allowedValues?: unknown[]; allowedValue?: unknown }): string {
  if (error.keyword === 'additionalProperties') return 'unknown field';
  if (error.keyword === 'required') return 'required';
  if (error.keyword === 'enum') return `must be one of ${params.allowedValues?.join(', ')}`;
  if (error.keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
  return error.message ?? 'not valid';
}
