import type { Answers } from './form.js';

/** The day so many days from today, in UTC like the server's days. */
export function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

function inYears(years: number): Date {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() + years, 5, 15);
  return day;
}

/** A complete visit visa: a woman from Türkiye who visits her sister for two weeks, alone. */
export const VISIT: Record<string, Answers> = {
  start: {
    'start.main-destination': 'yes',
    'start.embassy': 'swedish',
    'start.work-permit': 'no',
    'start.eu-family': 'no',
    'start.filler': 'self',
  },
  trip: {
    'trip.purpose': ['family-friends', 'tourism'],
    'trip.detail': 'My sister in Uppsala has a baby.\nI stay with her, then we see Stockholm: “Gamla stan”, Öland & <more>.',
    'trip.arrival': inDays(40),
    'trip.departure': inDays(54),
    'trip.entries': 'single',
    'trip.first-entry': 'DE',
    'trip.fingerprints': 'no',
    'trip.visited': 'yes',
    'trip.visits': [
      { country: 'SE', from: inDays(-400), to: inDays(-390) },
      { country: 'FI', from: inDays(-800), to: inDays(-795) },
    ],
  },
  you: {
    'you.given-names': 'Elif Ayşe',
    'you.surname': 'Yıldız-Åkesson',
    'you.born': new Date(Date.UTC(1991, 4, 3)),
    'you.birth-place': 'İzmir',
    'you.birth-country': 'TR',
    'you.sex': 'female',
    'you.civil-status': 'single',
    'you.nationality': 'TR',
  },
  passport: {
    'passport.type': 'ordinary',
    'passport.number': 'U1234567',
    'passport.country': 'TR',
    'passport.issued': inYears(-2),
    'passport.valid-until': inYears(8),
    'passport.more-nationalities': 'no',
  },
  contact: {
    'contact.street': 'Atatürk Caddesi 12',
    'contact.postcode': '35210',
    'contact.town': 'İzmir',
    'contact.country': 'TR',
    'contact.email': 'elif@example.org',
    'contact.phone': '+90 532 555 01 23',
    'contact.lives-abroad': 'no',
    'contact.embassy-country': 'TR',
  },
  work: {
    'work.situation': 'employed',
    'work.occupation': 'Marine biologist',
    'work.employer': 'Ege University',
    'work.address': 'Üniversite Caddesi 9, İzmir',
    'work.phone': '+90 232 555 01 00',
  },
  stay: {
    'stay.lodging': ['host'],
    'stay.hosts': [
      {
        'given-names': 'Zeynep',
        surname: 'Åkesson',
        relation: 'Sister',
        address: 'Svartbäcksgatan 1, Uppsala',
        phone: '+46 70 174 06 05',
        email: 'zeynep@example.org',
      },
    ],
  },
  money: {
    'money.payer': ['self'],
    'money.means': ['card', 'paid-travel'],
    'money.amount': '12 000',
    'money.insured': 'yes',
    'money.insurer': 'Deniz Sigorta',
    'money.policy': 'DS-2026-0042',
    'money.insured-until': inDays(70),
    'money.fee': 'none',
  },
  companions: { 'companions.children': 'no' },
  declarations: {
    'declarations.truth': 'yes',
    'declarations.data': 'yes',
    'declarations.leave': 'yes',
    'declarations.insurance': 'yes',
    'declarations.fee': 'yes',
  },
};

/** All pages before the page `id`. */
export function before(id: string): Record<string, Answers> {
  const pages = Object.entries(VISIT);
  return Object.fromEntries(pages.slice(0, pages.findIndex(([page]) => page === id)));
}
