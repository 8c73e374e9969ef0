/* A second lock on the chart library: no upload button, no logo, no server to send to. */
if (window.Plotly && window.Plotly.setPlotConfig) {
  window.Plotly.setPlotConfig({ showSendToCloud: false, displaylogo: false, plotlyServerURL: "" });
}
