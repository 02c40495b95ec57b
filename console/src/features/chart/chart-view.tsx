import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export interface ChartData {
  kind: 'bar' | 'line';
  groups: string[];
  values: (number | null)[];
  /** How a value is written. */
  format: (value: number) => string;
}

/** One series over groups. The table beside it says the same in text; the picture is named for readers. */
export function ChartView({ label, data }: { label: string; data: ChartData }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const chart = init(place.current, null, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      color: ['#0958d9'],
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      // Rendered as rich text, not HTML: names of outlets come from outside.
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        valueFormatter: (value: unknown) => (typeof value === 'number' ? data.format(value) : '-'),
      },
      xAxis: { type: 'category', data: data.groups, axisLabel: { color: '#4a4a4a' } },
      yAxis: { type: 'value', axisLabel: { color: '#4a4a4a', formatter: (value: number) => data.format(value) } },
      series: [{ type: data.kind, data: data.values, barMaxWidth: 48 }],
    });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [data]);
  return <div ref={place} className="chart" role="img" aria-label={label} />;
}
