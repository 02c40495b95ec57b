/**
 * A page written by hand, but for the blocks between `<!-- table:NAME -->` and `<!-- end -->`, which hold what is generated; throws
 * when a block has nothing to fill it, or something has no block.
 */
export function fillBlocks(page: string, text: string, blocks: ReadonlyMap<string, string>): string {
  const missing = new Set(blocks.keys());
  const filled = text.replaceAll(/(<!-- table:([\w-]+) -->\n)[^]*?(<!-- end -->)/g, (_block, start: string, name: string, end: string) => {
    const content = blocks.get(name);
    if (content === undefined) throw new Error(`${page} has a block ${name} that nothing fills`);
    missing.delete(name);
    return `${start}${content}\n${end}`;
  });
  if (missing.size > 0) throw new Error(`${page} lacks the blocks ${[...missing].join(', ')}`);
  return filled;
}
