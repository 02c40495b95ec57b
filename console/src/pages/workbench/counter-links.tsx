import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearch } from 'wouter';
import { countersQuery } from '../../api/queries.ts';
import type { Counters } from '../../api/console-api.ts';
import { text } from '../../i18n/text.ts';
import { EMPTY } from '../../ui/format.ts';

const LINKS: Record<keyof Counters, string> = {
  toHandle: '/?tab=toHandle',
  dueWithin24h: '/?tab=due',
  intercepting: '/?tab=intercepting',
  failedToHandle: '/?tab=failed',
  rejectable: '/?tab=rejectable',
  returnTrouble: '/?tab=returnTrouble',
  claiming: '/claims?open=1',
  disputed: '/statements?status=DISPUTED',
};

/** What waits, counted by the service; each number leads to its list. */
export function CounterLinks() {
  const t = text();
  const counters = useQuery(countersQuery);
  const [location] = useLocation();
  const search = useSearch();
  const tab = new URLSearchParams(search).get('tab');
  const here = location === '/' ? (tab === null || tab === 'open' ? '/' : `/?tab=${tab}`) : location;
  return (
    <nav aria-label={t.workbench.countersLabel}>
      <ul className="counters">
        {(Object.keys(LINKS) as (keyof Counters)[]).map((name) => (
          <li key={name}>
            <Link href={LINKS[name]} className="counter" aria-current={here === LINKS[name] ? 'true' : undefined} data-counter={name}>
              {t.workbench.counters[name]}
              <strong>{counters.data?.[name] ?? EMPTY}</strong>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
