namespace Plumb.Collectors.Targets;

/// <summary>What came of looking for <c>/debug/pprof/</c>.</summary>
public abstract record TargetSearch;

/// <param name="Target">Answers with profiles; the caller disposes it.</param>
public sealed record TargetFound(HttpTarget Target) : TargetSearch;

/// <param name="Failure">What the likeliest address answered.</param>
public sealed record TargetMissing(FetchFailure Failure) : TargetSearch;
