import { Link } from 'wouter';

interface LinkTabsProps<K extends string> {
  label: string;
  chosen: K;
  items: { key: K; href: string; label: string }[];
}

/** Tabs that are addresses: a list of links, wrapping where the window is narrow. */
export function LinkTabs<K extends string>({ label, chosen, items }: LinkTabsProps<K>) {
  return (
    <nav aria-label={label}>
      <ul className="link-tabs">
        {items.map((item) => (
          <li key={item.key}>
            <Link href={item.href} className="link-tab" aria-current={item.key === chosen ? 'page' : undefined}>
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
