import type { HolidayRegion, PublicDay } from '../../settings';

/** Enough of the world for a demo; a desk knows 250 countries. */
export const REGIONS: HolidayRegion[] = [
  {
    country: 'BR',
    subdivisions: [
      { id: 'RJ', name: 'Rio de Janeiro' },
      { id: 'SP', name: 'São Paulo' },
    ],
  },
  {
    country: 'ES',
    subdivisions: [
      { id: 'CT', name: 'Catalunya' },
      { id: 'MD', name: 'Madrid' },
    ],
  },
  {
    country: 'PT',
    subdivisions: [
      { id: '11', name: 'Lisboa' },
      { id: '20', name: 'Açores' },
    ],
  },
];

/** Day and month, and the name that the day has where it is kept. */
const DAYS: Record<string, readonly (readonly [string, string])[]> = {
  BR: [
    ['01-01', 'Confraternização Universal'],
    ['04-21', 'Tiradentes'],
    ['05-01', 'Dia do Trabalhador'],
    ['09-07', 'Independência do Brasil'],
    ['12-25', 'Natal'],
  ],
  'BR-SP': [['07-09', 'Revolução Constitucionalista']],
  ES: [
    ['01-01', 'Año Nuevo'],
    ['05-01', 'Día del Trabajador'],
    ['10-12', 'Fiesta Nacional de España'],
    ['12-25', 'Natividad del Señor'],
  ],
  PT: [
    ['01-01', 'Ano Novo'],
    ['04-25', 'Dia da Liberdade'],
    ['05-01', 'Dia do Trabalhador'],
    ['06-10', 'Dia de Portugal'],
    ['08-15', 'Assunção de Nossa Senhora'],
    ['10-05', 'Implantação da República'],
    ['12-01', 'Restauração da Independência'],
    ['12-08', 'Imaculada Conceição'],
    ['12-25', 'Dia de Natal'],
  ],
};

/** The days of this year and the next. */
export function publicDays(country: string, part: string, now: number): PublicDay[] {
  const year = new Date(now).getFullYear();
  const known = [...(DAYS[country] ?? []), ...(DAYS[`${country}-${part}`] ?? [])];
  return [year, year + 1].flatMap((one) =>
    known.map(([day, name]) => ({ date: `${one}-${day}`, name })).toSorted(byDate),
  );
}

function byDate(a: PublicDay, b: PublicDay): number {
  return a.date < b.date ? -1 : 1;
}
