import type { Tag } from '../../../../bot/widget/texts/catalogue.ts';

/** The page behind a private link. Neutral: it says neither who we are nor what is talked about. */
export interface LinkTexts {
  pick: string;
  enter: string;
  label: string;
  open: string;
  wrong: string;
  /** `{n}` */
  left: string;
  taken: string;
  dead: string;
  failed: string;
}

/** Drafts but for Swedish and English, like the chat's own texts. */
export const linkTexts: Readonly<Record<Tag, LinkTexts>> = {
  sv: {
    pick: 'Välj en egen kod. Den behövs om du öppnar länken igen.',
    enter: 'Skriv koden du valde.',
    label: 'Kod, 4 till 8 siffror',
    open: 'Öppna',
    wrong: 'Koden stämmer inte.',
    left: 'Försök kvar: {n}',
    taken: 'Har du inte valt någon kod? Då har någon annan öppnat länken. Sms:a LÄNK, så slutar den gälla.',
    dead: 'Länken gäller inte längre. Sms:a LÄNK om du vill ha en ny.',
    failed: 'Det gick inte. Försök igen.',
  },
  en: {
    pick: 'Choose a code of your own. You need it if you open the link again.',
    enter: 'Write the code you chose.',
    label: 'Code, 4 to 8 digits',
    open: 'Open',
    wrong: 'The code is not right.',
    left: 'Tries left: {n}',
    taken: 'Did you not choose a code? Then somebody else has opened the link. Text LINK and it stops working.',
    dead: 'The link no longer works. Text LINK if you want a new one.',
    failed: 'It did not work. Try again.',
  },
  ar: {
    pick: 'اختر رمزًا خاصًا بك. تحتاجه إذا فتحت الرابط مرة أخرى.',
    enter: 'اكتب الرمز الذي اخترته.',
    label: 'الرمز، من 4 إلى 8 أرقام',
    open: 'فتح',
    wrong: 'الرمز غير صحيح.',
    left: 'المحاولات المتبقية: {n}',
    taken: 'ألم تختر رمزًا؟ إذن فتح شخص آخر الرابط. أرسل LINK في رسالة فيتوقف عن العمل.',
    dead: 'لم يعد الرابط يعمل. أرسل LINK في رسالة إذا أردت رابطًا جديدًا.',
    failed: 'لم ينجح ذلك. حاول مرة أخرى.',
  },
  so: {
    pick: 'Dooro kood adiga kuu gaar ah. Waad u baahan tahay haddii aad mar kale furto.',
    enter: 'Qor koodhka aad dooratay.',
    label: 'Kood, 4 ilaa 8 lambar',
    open: 'Fur',
    wrong: 'Koodhku sax ma aha.',
    left: 'Isku dayada haray: {n}',
    taken: 'Miyaanad kood dooran? Markaas qof kale ayaa furay. Fariin ku dir LINK, wuu joogsanayaa.',
    dead: 'Xiriiriyuhu ma shaqaynayo. Fariin ku dir LINK haddii aad mid cusub rabto.',
    failed: 'Ma shaqayn. Mar kale isku day.',
  },
  fi: {
    pick: 'Valitse oma koodi. Tarvitset sitä, jos avaat linkin uudelleen.',
    enter: 'Kirjoita valitsemasi koodi.',
    label: 'Koodi, 4–8 numeroa',
    open: 'Avaa',
    wrong: 'Koodi ei ole oikea.',
    left: 'Yrityksiä jäljellä: {n}',
    taken:
      'Etkö ole valinnut koodia? Silloin joku muu on avannut linkin. Lähetä tekstiviesti LINK, niin se lakkaa toimimasta.',
    dead: 'Linkki ei enää toimi. Lähetä tekstiviesti LINK, jos haluat uuden.',
    failed: 'Se ei onnistunut. Yritä uudelleen.',
  },
  es: {
    pick: 'Elige un código propio. Lo necesitas si vuelves a abrir el enlace.',
    enter: 'Escribe el código que elegiste.',
    label: 'Código, de 4 a 8 cifras',
    open: 'Abrir',
    wrong: 'El código no es correcto.',
    left: 'Intentos que quedan: {n}',
    taken:
      '¿No has elegido un código? Entonces otra persona ha abierto el enlace. Envía LINK por SMS y deja de funcionar.',
    dead: 'El enlace ya no funciona. Envía LINK por SMS si quieres otro.',
    failed: 'No ha funcionado. Inténtalo otra vez.',
  },
  pl: {
    pick: 'Wybierz własny kod. Będzie potrzebny, jeśli otworzysz link ponownie.',
    enter: 'Wpisz wybrany kod.',
    label: 'Kod, od 4 do 8 cyfr',
    open: 'Otwórz',
    wrong: 'Kod jest niepoprawny.',
    left: 'Pozostało prób: {n}',
    taken: 'Kod nie jest od Ciebie? Wtedy ktoś inny otworzył link. Wyślij SMS o treści LINK, a przestanie działać.',
    dead: 'Link już nie działa. Wyślij SMS o treści LINK, jeśli chcesz nowy.',
    failed: 'Nie udało się. Spróbuj ponownie.',
  },
  tr: {
    pick: 'Kendine bir kod seç. Bağlantıyı yeniden açarsan gerekir.',
    enter: 'Seçtiğin kodu yaz.',
    label: 'Kod, 4 ile 8 rakam arası',
    open: 'Aç',
    wrong: 'Kod doğru değil.',
    left: 'Kalan deneme: {n}',
    taken: 'Kod seçmedin mi? O zaman bağlantıyı başka biri açmış. LINK yazıp SMS gönder, çalışmaz olur.',
    dead: 'Bağlantı artık çalışmıyor. Yenisini istersen LINK yazıp SMS gönder.',
    failed: 'Olmadı. Yeniden dene.',
  },
  ru: {
    pick: 'Выберите свой код. Он понадобится, если вы откроете ссылку снова.',
    enter: 'Введите код, который вы выбрали.',
    label: 'Код, от 4 до 8 цифр',
    open: 'Открыть',
    wrong: 'Код неверный.',
    left: 'Осталось попыток: {n}',
    taken:
      'Вы не выбирали код? Значит, ссылку открыл кто-то другой. Отправьте SMS со словом LINK, и она перестанет работать.',
    dead: 'Ссылка больше не работает. Отправьте SMS со словом LINK, если нужна новая.',
    failed: 'Не получилось. Попробуйте ещё раз.',
  },
  fa: {
    pick: 'یک کد برای خودت انتخاب کن. اگر پیوند را دوباره باز کنی لازم می‌شود.',
    enter: 'کدی را که انتخاب کردی بنویس.',
    label: 'کد، ۴ تا ۸ رقم',
    open: 'باز کن',
    wrong: 'کد درست نیست.',
    left: 'تلاش‌های باقی‌مانده: {n}',
    taken: 'کدی انتخاب نکرده‌ای؟ پس کس دیگری پیوند را باز کرده است. LINK را پیامک کن تا از کار بیفتد.',
    dead: 'پیوند دیگر کار نمی‌کند. اگر پیوند تازه می‌خواهی LINK را پیامک کن.',
    failed: 'نشد. دوباره امتحان کن.',
  },
  ckb: {
    pick: 'کۆدێکی خۆت هەڵبژێرە. پێویستت دەبێت ئەگەر بەستەرەکە دووبارە بکەیتەوە.',
    enter: 'ئەو کۆدە بنووسە کە هەڵتبژارد.',
    label: 'کۆد، ٤ بۆ ٨ ژمارە',
    open: 'بیکەرەوە',
    wrong: 'کۆدەکە ڕاست نییە.',
    left: 'هەوڵی ماوە: {n}',
    taken: 'کۆدت هەڵنەبژاردووە؟ کەواتە کەسێکی تر بەستەرەکەی کردۆتەوە. LINK بە نامە بنێرە، ئیتر کار ناکات.',
    dead: 'بەستەرەکە چیتر کار ناکات. ئەگەر یەکێکی نوێت دەوێت LINK بە نامە بنێرە.',
    failed: 'نەبوو. دووبارە هەوڵ بدەرەوە.',
  },
  ti: {
    pick: 'ናይ ባዕልካ ኮድ ምረጽ። ነቲ ሊንክ ዳግማይ እንተኸፊትካዮ የድልየካ።',
    enter: 'ነቲ ዝመረጽካዮ ኮድ ጽሓፍ።',
    label: 'ኮድ፡ ካብ 4 ክሳብ 8 ቁጽርታት',
    open: 'ክፈት',
    wrong: 'እቲ ኮድ ቅኑዕ ኣይኮነን።',
    left: 'ዝተረፉ ፈተነታት፡ {n}',
    taken: 'ኮድ ኣይመረጽካን ዲኻ? ካልእ ሰብ ነቲ ሊንክ ከፊቱዎ ኣሎ። LINK ብመልእኽቲ ስደድ፡ ሽዑ ኣይክሰርሕን እዩ።',
    dead: 'እቲ ሊንክ ድሕሪ ሕጂ ኣይሰርሕን እዩ። ሓድሽ እንተደሊኻ LINK ብመልእኽቲ ስደድ።',
    failed: 'ኣይሰርሐን። ደጊምካ ፈትን።',
  },
};
