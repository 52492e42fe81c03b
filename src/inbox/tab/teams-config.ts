import { pages } from '@microsoft/teams-js';

/** Lets Teams save the tab for a district. The address carries the district's slug, never a person. */
export function offerTab(district: { slug: string; name: string }): void {
  pages.config.registerOnSaveHandler((event) => {
    const address = new URL('/inbox/', window.location.origin);
    address.searchParams.set('district', district.slug);
    pages.config
      .setConfig({
        entityId: `inbox-${district.slug}`,
        suggestedDisplayName: `Inkorg ${district.name}`,
        contentUrl: address.href,
        websiteUrl: address.href,
      })
      .then(
        () => event.notifySuccess(),
        () => event.notifyFailure(),
      );
  });
  pages.config.setValidityState(true);
}
