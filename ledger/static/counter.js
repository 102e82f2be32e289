// Live totals, one click is one click, and a print button. Everything works without this file.
"use strict";
(function () {
  const form = document.querySelector("form.counter");
  if (form) {
    const total = form.querySelector("[data-total]");
    const tenths = function (text) { return Math.round(parseFloat(text) * 10) || 0; };
    const held = tenths(document.getElementById("available").textContent);
    const count = function () {
      let sum = 0;
      form.querySelectorAll("[data-quantity]").forEach(function (input) {
        const points = input.closest("tr").querySelector("[data-points]");
        const quantity = parseInt(input.value.normalize("NFKC"), 10) || 0;
        sum += quantity * tenths(points.value);
        input.closest("tr").classList.toggle("taken", quantity > 0);
      });
      total.hidden = false;
      total.querySelector("[data-sum]").textContent = (sum / 10).toFixed(1);
      total.querySelector("[data-after]").textContent = ((held - sum) / 10).toFixed(1);
      total.classList.toggle("wrong", sum > held);
    };
    form.addEventListener("input", count);
    count();
  }
  document.querySelectorAll("form[method=post]").forEach(function (sent) {
    sent.addEventListener("submit", function (event) {
      if (sent.dataset.sent) { event.preventDefault(); return; }
      sent.dataset.sent = "1";
      window.addEventListener("pageshow", function () { delete sent.dataset.sent; });
    });
  });
  const print = document.querySelector("[data-print]");
  if (print) { print.hidden = false; print.addEventListener("click", function () { window.print(); }); }
})();
