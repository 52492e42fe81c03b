import { writeFileSync } from 'node:fs';
import { HOLIDAY_FILE, libraryHolidays } from './library-holidays.ts';

/** `node test/bot/words/write-holidays.ts`: writes the calendar anew after an update of the library. */
writeFileSync(HOLIDAY_FILE, `${JSON.stringify(libraryHolidays(2025, 2060), null, 2)}\n`);
