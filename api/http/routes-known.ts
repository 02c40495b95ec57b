import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problems/error-handler.ts';
import { problem } from '../problems/problem.ts';

interface KnownRoute {
  pattern: RegExp;
  method: string;
}

/** The methods that exist at each address of a scope, for `405` and its `Allow` header. */
export interface KnownRoutes {
  add(url: string, method: string | string[]): void;
  /** Methods at this path, sorted; empty when nothing is there. */
  methodsAt(path: string): string[];
}

export function knownRoutes(): KnownRoutes {
  const routes: KnownRoute[] = [];
  return {
    add(url, method) {
      const pattern = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`);
      for (const each of [method].flat()) routes.push({ pattern, method: each });
    },
    methodsAt: (path) => [...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort(),
  };
}

/** Answers an address of the scope with a method it does not have by 405, and one that nobody has by 404. To be called before its routes. */
export function answerWrongMethods(app: FastifyInstance): void {
  const known = knownRoutes();
  app.addHook('onRoute', ({ url, method }) => known.add(url, method));
  app.setNotFoundHandler((request, reply) => {
    const methods = known.methodsAt(request.url.split('?', 1)[0] ?? '');
    return sendProblem(
      request,
      reply,
      methods.length === 0 ? problem('NOT_FOUND') : problem('METHOD_NOT_ALLOWED', { headers: { allow: methods.join(', ') } }),
    );
  });
}
