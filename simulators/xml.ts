const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A flat XML document: one root element and a text element for each member, in their order. */
export function writeXml(root: string, members: Record<string, string>): string {
  const elements = Object.entries(members).map(
    ([name, text]) => `<${name}>${text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)}</${name}>`,
  );
  return `<${root}>${elements.join('')}</${root}>`;
}
