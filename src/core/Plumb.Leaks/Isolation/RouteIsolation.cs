namespace Plumb.Leaks.Isolation;

/// <summary>
/// Decides which routes to load next until those that leak are known. Each thing that grows is searched for by itself, and one round
/// serves all searches that it can: two routes with different leaks are found in little more than the rounds of one.
/// </summary>
/// <remarks>Pure: whoever uses it makes the rounds and says what was measured. Not safe for concurrent use.</remarks>
public sealed class RouteIsolation
{
    private const int RestLoad = 2;

    private readonly RouteSet _all;
    private readonly int _maxRounds;
    private readonly Dictionary<Signal, SignalSearch> _searches = [];
    private readonly List<(RouteSet Routes, int Requests, Dictionary<Signal, SignalReading> Readings)> _rounds = [];
    private RouteSet? _checkedRest;

    /// <param name="routes">How many routes there are; at least 1.</param>
    /// <param name="maxRounds">After so many rounds the search ends with what is known.</param>
    public RouteIsolation(int routes, int maxRounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(routes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRounds, 1);
        _all = RouteSet.Range(routes);
        _maxRounds = maxRounds;
    }

    /// <summary>How many rounds it takes when <paramref name="leaking"/> of the routes leak; an estimate for a person who waits.</summary>
    public static int ExpectedRounds(int routes, int leaking)
    {
        int halvings = (int)Math.Ceiling(Math.Log2(Math.Max(2, routes)));
        return leaking == 0 ? 2 : 2 + halvings + (leaking * 2) - 1;
    }

    /// <summary>The next round to make; null when everything is known, or the rounds are used up.</summary>
    public IsolationRound? Next()
    {
        if (_rounds.Count >= _maxRounds)
        {
            return null;
        }

        if (_rounds.Count == 0)
        {
            return Round(new Question(_all, RoundPurpose.All, 1));
        }

        if (NextQuestion() is { } question)
        {
            return Round(question);
        }

        RouteSet rest = Rest();
        if (rest.Count == 0 || rest.Equals(_checkedRest))
        {
            return null;
        }

        _checkedRest = rest;
        return Round(new Question(rest, RoundPurpose.Rest, RestLoad));
    }

    /// <summary>Takes what was measured in a round that <see cref="Next"/> had asked for.</summary>
    /// <param name="round">The round.</param>
    /// <param name="requestsPerRoute">How many requests each of its routes really got.</param>
    /// <param name="readings">What grew; a signal that is not named did not grow at all.</param>
    public void Record(IsolationRound round, int requestsPerRoute, IReadOnlyList<SignalReading> readings)
    {
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentOutOfRangeException.ThrowIfLessThan(requestsPerRoute, 1);
        RouteSet routes = RouteSet.Of(round.Routes);
        _rounds.Add((routes, requestsPerRoute, readings.ToDictionary(reading => reading.Signal)));
        foreach (SignalSearch search in _searches.Values)
        {
            search.Observe(routes, Estimate(search.Signal, _rounds.Count - 1));
        }

        if (round.Purpose is RoundPurpose.All or RoundPurpose.Rest)
        {
            StartSearches(routes, readings, requestsPerRoute);
        }
    }

    /// <summary>What is known now.</summary>
    public IsolationResult Result()
    {
        List<(RouteSet Routes, SignalRate Rate)> found = [.. _searches.Values.SelectMany(search => Found(search).Select(one => (one.Routes, Rate(search.Signal, one.Estimate))))];
        bool isComplete = _rounds.Count > 0 && _searches.Values.All(search => search.Pending is null) && (Rest().Count == 0 || Rest().Equals(_checkedRest));
        RouteSet known = RouteSet.Of(found.SelectMany(one => one.Routes.Routes));
        return new IsolationResult(
            [.. found.GroupBy(one => one.Routes).OrderBy(group => group.Min(one => one.Rate.Signal.Kind)).ThenByDescending(group => group.Max(one => one.Rate.PerRequest))
                .Select(group => new LeakingRoutes(group.Key.Routes, [.. group.Select(one => one.Rate).OrderBy(rate => rate.Signal.Kind).ThenByDescending(rate => rate.PerRequest)]))],
            RouteSet.Of(_searches.Values.SelectMany(search => search.Suspected.Routes)).Except(known).Routes,
            isComplete,
            _rounds.Count);
    }

    private IsolationRound Round(Question question) => new(_rounds.Count + 1, question.Routes.Routes, question.Purpose, question.Load);

    // The first open question, and with it all others that the same round can answer.
    private Question? NextQuestion()
    {
        List<(SignalSearch Search, Question Question)> sharing = [];
        Question? round = null;
        foreach (SignalSearch search in _searches.Values.OrderBy(search => search.Signal.Kind).Where(search => search.Pending is not null))
        {
            Question question = search.Pending!;
            if (round is null)
            {
                round = question;
            }
            else
            {
                RouteSet union = round.Routes.Union(question.Routes);
                if (!search.Answers(question, union) || !sharing.TrueForAll(other => other.Search.Answers(other.Question, union)))
                {
                    continue;
                }

                round = round with { Routes = union, Load = Math.Max(round.Load, question.Load) };
            }

            sharing.Add((search, question));
        }

        return round;
    }

    private void StartSearches(RouteSet routes, IReadOnlyList<SignalReading> readings, int requests)
    {
        foreach (SignalReading reading in readings)
        {
            if (RateEstimate.Of(reading, requests).Call() == GrowthCall.Clean)
            {
                continue;
            }

            if (!_searches.TryGetValue(reading.Signal, out SignalSearch? search))
            {
                search = new SignalSearch(reading.Signal);
                _searches.Add(reading.Signal, search);
                for (int i = 0; i < _rounds.Count; i++)
                {
                    search.Observe(_rounds[i].Routes, Estimate(reading.Signal, i));
                }
            }

            if (search.Pending is null)
            {
                search.Start(routes);
            }
        }
    }

    // What a round does not name has not moved; how far it could have without being noticed is as for the signal elsewhere.
    private RateEstimate Estimate(Signal signal, int round)
    {
        (_, int requests, Dictionary<Signal, SignalReading> readings) = _rounds[round];
        if (readings.TryGetValue(signal, out SignalReading reading))
        {
            return RateEstimate.Of(reading, requests);
        }

        SignalReading elsewhere = _rounds.Select(one => one.Readings.GetValueOrDefault(signal)).First(one => one.Noise > 0);
        return RateEstimate.Of(elsewhere with { Growth = 0 }, requests);
    }

    // A route that was loaded alone for one signal has shown all others too.
    private IEnumerable<(RouteSet Routes, RateEstimate Estimate)> Found(SignalSearch search)
    {
        RouteSet named = RouteSet.Of(search.Found.SelectMany(found => found.Routes.Routes));
        IEnumerable<(RouteSet, RateEstimate)> alone = _all.Except(named).Routes
            .Select(route => (Routes: RouteSet.Of([route]), Estimate: search.Alone(route)))
            .Where(one => one.Estimate is not null)
            .Select(one => (one.Routes, one.Estimate!.Value));
        return search.Found.Concat(alone);
    }

    private RouteSet Rest() => _all.Except(RouteSet.Of(_searches.Values.SelectMany(Found).SelectMany(found => found.Routes.Routes)));

    private static SignalRate Rate(Signal signal, RateEstimate estimate)
    {
        double margin = 1.96 * Math.Sqrt(estimate.Variance);
        return new SignalRate(signal, estimate.PerRequest, Math.Max(0, estimate.PerRequest - margin), estimate.PerRequest + margin, estimate.Call() == GrowthCall.Leaking);
    }
}
