"""A made-up run."""

from evaluation.benchmarks.results import Machine, Measured, Results

MEASURED = Measured(
    name="qa-service", first=16, in_three=18, p50_ms=3.0, p99_ms=9.0, build_s=1.0, cold_start_s=2.0, peak_mib=200,
    build_peak_mib=300, characters=600, versions={"qa-service": "0.1.0"},
)  # fmt: skip
RESULTS = Results(
    measured_on="2026-01-02", document="a-report", question_set="test", questions=20, passes=3, threads=1, load=0.1,
    machine=Machine(processor="A processor", cores=2, memory_gib=7.8, system="Linux 6", python="3.11.7"),
    systems=(MEASURED,), skipped=(),
)  # fmt: skip
