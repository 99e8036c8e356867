import { describe, expect, it } from 'vitest';
import { hasOwnColours, mailDocument, type Paper } from './mailDocument';

const PAPER: Paper = { text: '#000', surface: '#fff', link: '#00f', scheme: 'light' };
const TRACKED = '<p>Hello</p><img alt="logo" data-remote-src="https://example.com/pixel.png">';
const CLOSED = { remotePictures: false, pictures: new Map<string, string>() };

describe('the document of a mail', () => {
  it('loads nothing from other hosts before the reader asks for it', () => {
    const shown = mailDocument(TRACKED, PAPER, CLOSED);
    expect(shown).not.toContain('src="https://example.com');
    expect(shown).toMatch(/img-src data: ;/);
    expect(shown).toContain('logo');
  });

  it('loads the pictures when the reader asks for them', () => {
    const shown = mailDocument(TRACKED, PAPER, { ...CLOSED, remotePictures: true });
    expect(shown).toContain('src="https://example.com/pixel.png"');
    expect(shown).toContain('img-src data: https: http:');
  });

  it('forbids everything that is not named, scripts first of all', () => {
    expect(mailDocument('<p>x</p>', PAPER, CLOSED)).toContain("default-src 'none'");
  });

  it('shows a picture of the mail itself from where the desk keeps it', () => {
    const pictures = new Map([['logo@mail', 'https://files.example.org/1?sig=2']]);
    const shown = mailDocument('<img src="cid:logo@mail">', PAPER, { ...CLOSED, pictures });
    expect(shown).toContain('src="https://files.example.org/1?sig=2"');
    expect(shown).toContain('img-src data: https://files.example.org');
  });

  it('opens links outside of the console', () => {
    const shown = mailDocument('<a href="https://example.com">x</a>', PAPER, CLOSED);
    expect(shown).toContain('target="_blank"');
    expect(shown).toContain('noopener');
  });

  it('goes on white paper when the mail has colours of its own', () => {
    expect(hasOwnColours('<p style="color:#333">x</p>')).toBe(true);
    expect(hasOwnColours('<p style="margin:0">x</p>')).toBe(false);
  });
});
