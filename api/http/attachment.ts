/** `Content-Disposition` that saves the answer under this name (RFC 6266): an ASCII stand-in, and the name itself in UTF-8. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.()\- ]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
