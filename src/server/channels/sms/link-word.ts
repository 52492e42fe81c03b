/** The word for a link as a whole text, in the languages of the chat, in any case and with any signs around it. */
const LINK =
  /^(?:länk|lank|länken|link|the link|linkki|enlace|xiriir|xiriiriye|bağlantı|baglanti|link do czatu|ссылка|رابط|الرابط|لینک|بەستەر|ሊንክ)$/;

/** Whether the person asks for the private link (DOMAIN 5.6). */
export const isLinkWord = (text: string): boolean =>
  text.length <= 40 &&
  LINK.test(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{M} ]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
