import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';

/** The colours that a mail without its own is shown in. */
export interface Paper {
  text: string;
  surface: string;
  link: string;
  scheme: 'light' | 'dark';
}

const OWN_COLOURS = /(?:\bstyle="[^"]*(?:color|background)|\bbgcolor=|<font\b[^>]*\bcolor=)/i;

/** A mail that brings colours of its own is shown on white paper, where its writer saw it. */
export function hasOwnColours(html: string): boolean {
  return OWN_COLOURS.test(html);
}

export function hasRemotePictures(html: string): boolean {
  return html.includes('data-remote-src=');
}

/**
 * The document for the sandboxed frame.
 *
 * The server has sanitised the HTML. The frame forbids scripts and forms all the same, and its own
 * policy lets no picture of another host load before the reader asks for it.
 *
 * Args: pictures - addresses of inline pictures by content id.
 */
export function mailDocument(
  html: string,
  paper: Paper,
  options: { remotePictures: boolean; pictures: ReadonlyMap<string, string> },
): string {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  for (const picture of parsed.querySelectorAll('img')) showPicture(picture, options);
  for (const link of parsed.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
  }
  // Inline pictures come from the files bucket by a signed address, so its host is let in too.
  const hosts = new Set([...options.pictures.values()].map((url) => new URL(url).origin));
  const pictures = options.remotePictures ? 'https: http:' : [...hosts].join(' ');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: ${pictures}; font-src ${location.origin}`;
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<style>${styles(paper)}</style></head><body>${parsed.body.innerHTML}</body></html>`;
}

function showPicture(
  picture: HTMLImageElement,
  options: { remotePictures: boolean; pictures: ReadonlyMap<string, string> },
): void {
  const remote = picture.getAttribute('data-remote-src');
  const source = picture.getAttribute('src') ?? '';
  if (remote) {
    if (options.remotePictures) picture.setAttribute('src', remote);
    else standIn(picture);
  }
  if (source.startsWith('cid:')) {
    const address = options.pictures.get(source.slice(4));
    if (address) picture.setAttribute('src', address);
    else standIn(picture);
  }
}

/** A picture that is not loaded leaves its words, not the sign of a broken one. */
function standIn(picture: HTMLImageElement): void {
  const place = picture.ownerDocument.createElement('span');
  place.className = 'picture';
  place.textContent = picture.alt || '…';
  picture.replaceWith(place);
}

function styles({ text, surface, link, scheme }: Paper): string {
  const source = new URL(interUrl, location.origin).href;
  const font = `@font-face{font-family:'Inter Variable';src:url('${source}');font-weight:100 900}`;
  return `${font}:root{color-scheme:${scheme}}
body{margin:0;padding:1px 0;background:${surface};color:${text};
font:14px/1.55 'Inter Variable',-apple-system,'Segoe UI',Roboto,Arial,sans-serif;overflow-wrap:anywhere;overflow-y:hidden}
p{margin:0 0 .7em}.picture{padding:1px 8px;border:1px dashed #8888;border-radius:4px;opacity:.8}
a{color:${link}}img{max-width:100%;height:auto}
table{max-width:100%}pre{white-space:pre-wrap}
blockquote{margin:.4em 0;padding-left:12px;border-left:2px solid #8888}`;
}
