/**
 * Everyday Swedish words, nine letters at most, none of them about what people write here; without å, ä and ö, so that any
 * keyboard can type them. Codes are stored as hashes of their words: the list may change without ending those given out.
 */
export const CODE_WORDS: readonly string[] = `
affisch album ananas anka antenn apelsin april arena armband atlas augusti aula avokado bad badboll bagare bakgrund
balkong ballong balsam banan bandy basilika basket batteri begonia berg betong biff bil biljett bio blomma bok
bokstav boll bolster bomull bord borste brasa brev bricka bringa broccoli broms brosch brunn brygga bubbla bukett
bullar bulle burk buske cello cement choklad cirkel cirkus citron curry cykel cylinder dadel dagbok dans december
delfin diamant dill dimma diskho docka doft dragspel dress droppe dryck duk dunge duva dykare eko ekorre elefant
elva emalj enbuske entre espresso etikett fabrik fagott falk fasad februari fest fika fikon film filt fisk fjord
fjun flagga flaska flinga flod flotte fluga flygel foto frans fredag frukost frukt gaffel galopp garage gardin gata
giraff gitarr glas glob golf gran granit grill grind gris gryta guld gummi gunga gurka hagel hamn hamster handboll
handduk handske harpa hasselnot hatt hav havre havtorn hink hiss hjort hjortron hjul honung hopprep horn hotell
humla hummer hund hus husvagn hylla igelkott isbit iskub istapp jacka januari jeans jordgubbe journal juice kafe
kajak kakao kaktus kalender kalkon kamel kamera kamin kanal kanel kanin kanna kanot kantarell karamell karta kastanj
kastrull katalog katt kavaj kex kikare kilo kiosk kiwi kjol klarinett klippa klister klocka klubba knapp knopp kock
kokos kola kompass konsert kontor koppar korg koriander kork korv kostym krabba kram krans kratta kruka kudde kulle
kumin kvitto kyrka lada lakan lakrits lamm lampa land lastbil lax lekpark lexikon lilja lime lind linje linne ljus
loft lok lotus luft lunch lyra magnet mandel mango mapp marmelad marsipan maskros matta medalj melodi melon meny
minut mixer mobil modell moln morgon morot mosaik mossa motor muffin mugg munspel museum musik musla mynt nagel napp
nattljus nejlika november nudel nummer nyckel nylon nypon ocean oktober oliv olja omelett onsdag opera ord oregano
orgel orkester ost ostron paket palett palm panda panna papaya papegoja papper paprika paradis paraply park parkett
pasta pastell pedal pelikan penna pensel peppar persika persilja piano pilot pingvin pinje pipa pizza planet planka
plommon pocket polka pollen ponny popcorn poppel porslin post potatis praline primula pudding pulka punkt purjo
pyjamas pyramid rabarber radio raket reflex regn ris robot rosmarin rubin rulle russin ryttare safari saffran saft
saga salami salt samba sandal satin sax schack segelduk sekund semla senap september serie servett siffra sill
silver sirap sjal skata sked skepp skida skiva skjorta skog skorpa skruv skugga skylt slalom slott smultron smycke
snabel snickare snigel socka socker soffa sol solros sommar sorbet spade spaghetti sparris spegel spel spenat spik
spindel spis spole station stig stol storm strand strumpa strut studio stuga sudd svala svamp svan svans sylt syren
syrsa tall tallrik tango tapet tavla taxi teater tegel tejp tekanna telefon tempel tennis tiger timjan tisdag titel
toast toffel tomat tomte torg torn torpare torsdag traktor triangel trio trumma trumpet tuba tulpan tumme tunnel
tvilling tyg tyll uggla ugn ull uniform utflykt utsikt vagga vagn valnot valp valross vals vandring vas vatten vecka
ved verkstad vers vete vik villa vinbar vind vinge vinter viol violin vitsippa vykort ylle yoga yoghurt zebra
`
  .trim()
  .split(/\s+/);
