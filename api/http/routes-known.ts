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
