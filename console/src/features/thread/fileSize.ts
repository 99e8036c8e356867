import { numbers } from '../time/format';

/** Bytes in words: "180 kB", "2.4 MB". */
export function fileSize(bytes: number, language: string): string {
  const [unit, size] =
    bytes >= 1_000_000 ? (['megabyte', 1_000_000] as const) : (['kilobyte', 1000] as const);
  const digits = unit === 'megabyte' ? 1 : 0;
  const shown = unit === 'kilobyte' ? Math.max(1, bytes / size) : bytes / size;
  return numbers(language, { style: 'unit', unit, maximumFractionDigits: digits }).format(shown);
}
