import type { Traffic } from './access-log.ts';

export interface Metrics extends Traffic {
  /** A text that is no person's and gets no answer: nothing of it is stored. */
  noise(why: string): void;
  /** Prometheus text exposition format 0.0.4. */
  render(gauges: Record<string, number>): string;
}

/** Counters by route pattern only: no label ever holds anything a person wrote or is. */
export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const noises = new Map<string, number>();
  return {
    count(route, status) {
      const key = `route="${route.replaceAll(/["\\\n]/g, '')}",status="${Math.floor(status / 100)}xx"`;
      requests.set(key, (requests.get(key) ?? 0) + 1);
    },
    noise: (why) => void noises.set(why, (noises.get(why) ?? 0) + 1),
    render: (gauges) =>
      [
        '# TYPE utvag_http_requests_total counter',
        ...[...requests].map(([labels, n]) => `utvag_http_requests_total{${labels}} ${n}`),
        '# TYPE utvag_sms_noise_total counter',
        ...[...noises].map(([why, n]) => `utvag_sms_noise_total{why="${why}"} ${n}`),
        ...Object.entries(gauges).flatMap(([name, n]) => [`# TYPE utvag_${name} gauge`, `utvag_${name} ${n}`]),
        '',
      ].join('\n'),
  };
}
