/** What people read in Teams' own catalogue and menus. The bot understands its commands in Swedish whatever the language. */
export const texts = {
  sv: {
    app: {
      short: 'Inkorg',
      full: 'Utväg, stadens inkorg för stöd i chatt och sms',
      about: 'Ta över samtal från den som söker stöd i chatt och sms.',
      aboutFull:
        'Inkorgen visar vem som väntar i dina stadsdelar och låter dig ta över, svara och lämna vidare. Kort i kanalen säger stadsdel, hur bråttom det är, kanal och väntetid. Inget av det som människor skriver finns i Teams: det läses i fliken, från stadens egen server. Du behöver en roll och en stadsdel; din samordnare lägger till dig.',
    },
    tab: 'Inkorg',
    commands: {
      team: [
        { title: 'koppla', description: 'Skriv stadsdelens namn efter: dess kort kommer hit' },
        { title: 'koppla bort', description: 'Inga kort hit längre' },
      ],
      personal: [
        { title: 'larm rött', description: 'Larm hit när det är akut, medan du är i tjänst' },
        { title: 'larm alla', description: 'Larm hit när någon väntar, medan du är i tjänst' },
        { title: 'larm av', description: 'Inga larm hit' },
      ],
    },
  },
  en: {
    app: {
      short: 'Inbox',
      full: "Utväg, the city's inbox for support by chat and text message",
      about: 'Take over conversations from people who seek support by chat and text.',
      aboutFull:
        'The inbox shows who is waiting in your districts and lets you take over, reply and hand on. Cards in the channel tell district, urgency, channel and waiting time. Nothing that people write is in Teams: it is read in the tab, from the city’s own server. You need a role and a district; your coordinator adds you.',
    },
    tab: 'Inbox',
    commands: {
      team: [
        { title: 'koppla', description: 'Followed by a district: its cards come here' },
        { title: 'koppla bort', description: 'No more cards here' },
      ],
      personal: [
        { title: 'larm rött', description: 'Alerts here when it is urgent, while on duty' },
        { title: 'larm alla', description: 'Alerts here when somebody waits, while on duty' },
        { title: 'larm av', description: 'No alerts here' },
      ],
    },
  },
};
