namespace Plumb.Leaks.Isolation;

/// <summary>
/// Finds the routes behind one signal by halving: a set that leaks is measured in one half, and what the other half leaks is the
/// difference. Where a route was found by differences alone and does not leak by itself, routes leak only together, and the smallest such
/// set is searched for (QuickXplain, Junker 2004: monotone, about 2k log n measurements for k routes).
/// </summary>
/// <remarks>A coroutine: it asks a question, is given measurements until one answers it, and goes on.</remarks>
internal sealed class SignalSearch
{
    private const int MostLoad = 4;

    private readonly List<(RouteSet Routes, RateEstimate Estimate)> _measured = [];
    private IEnumerator<Question>? _steps;
    private bool _wasContradicted;

    public SignalSearch(Signal signal) => Signal = signal;

    public Signal Signal { get; }

    /// <summary>Routes known not to grow this signal.</summary>
    public RouteSet Clean { get; private set; } = RouteSet.Empty;

    public List<(RouteSet Routes, RateEstimate Estimate)> Found { get; } = [];

    /// <summary>What is to be measured next; null when nothing is.</summary>
    public Question? Pending { get; private set; }

    /// <summary>A set known to leak in which no route has been found yet.</summary>
    public RouteSet Suspected { get; private set; } = RouteSet.Empty;

    /// <summary>Begins to search, or begins again on routes that had been taken for clean.</summary>
    public void Start(RouteSet among)
    {
        Clean = Clean.Except(among);
        _steps = Search(among).GetEnumerator();
        Step();
    }

    /// <summary>Takes what was measured in a round, whoever asked for it.</summary>
    public void Observe(RouteSet routes, RateEstimate estimate)
    {
        _measured.Add((routes, estimate));
        if (Pending is { } question && Answers(question, routes))
        {
            Step();
        }
    }

    /// <summary>Whether a round on <paramref name="loaded"/> answers the question for this signal.</summary>
    public bool Answers(Question question, RouteSet loaded) => question.MayShare
        ? loaded.Except(Clean).Equals(question.Routes.Except(Clean))
        : loaded.Equals(question.Routes);

    /// <summary>A single route that was measured alone for another signal, and leaks this one.</summary>
    public RateEstimate? Alone(int route) => Exactly(RouteSet.Of([route])) is { } estimate && estimate.Call() == GrowthCall.Leaking ? estimate : null;

    private void Step() => Pending = _steps!.MoveNext() ? _steps.Current : null;

    private IEnumerable<Question> Search(RouteSet among)
    {
        var whole = new Answer();
        foreach (Question question in Ask(among, RoundPurpose.All, whole))
        {
            yield return question;
        }

        if (!whole.Leaks)
        {
            Clean = Clean.Union(among);
            yield break;
        }

        _wasContradicted = false;
        foreach (Question question in Split(among, whole.Estimate))
        {
            yield return question;
        }

        if (_wasContradicted)
        {
            foreach (Question question in Together(among))
            {
                yield return question;
            }
        }

        bool wasFound = Found.Exists(found => found.Routes.IsSubsetOf(among));
        Suspected = wasFound ? RouteSet.Empty : among;
    }

    private IEnumerable<Question> Split(RouteSet group, RateEstimate rate)
    {
        Suspected = group;
        if (group.Count == 1)
        {
            foreach (Question question in Confirm(group))
            {
                yield return question;
            }

            yield break;
        }

        (RouteSet first, RouteSet second) = group.Halves();
        var left = new Answer();
        foreach (Question question in Ask(first, RoundPurpose.Half, left))
        {
            yield return question;
        }

        var right = new Answer { Estimate = rate.Minus(left.Estimate) };
        if (right.Estimate.Call() == GrowthCall.Unsure)
        {
            foreach (Question question in Ask(second, RoundPurpose.Half, right))
            {
                yield return question;
            }
        }

        _wasContradicted |= !left.Leaks && !right.Leaks;
        Clean = Clean.Union(left.Leaks ? RouteSet.Empty : first).Union(right.Leaks ? RouteSet.Empty : second);
        foreach ((RouteSet half, Answer answer) in ((RouteSet, Answer)[])[(first, left), (second, right)])
        {
            foreach (Question question in answer.Leaks ? Split(half, answer.Estimate) : [])
            {
                yield return question;
            }
        }
    }

    private IEnumerable<Question> Confirm(RouteSet route)
    {
        var alone = new Answer();
        foreach (Question question in Ask(route, RoundPurpose.Confirmation, alone))
        {
            yield return question;
        }

        _wasContradicted |= !alone.Leaks;
        Add(route, alone);
    }

    private IEnumerable<Question> Together(RouteSet among)
    {
        RouteSet open = Found.Aggregate(among, (rest, found) => rest.Except(found.Routes));
        Suspected = open;
        var whole = new Answer();
        foreach (Question question in Ask(open, RoundPurpose.Combination, whole))
        {
            yield return question;
        }

        if (!whole.Leaks || open.Count == 0)
        {
            yield break;
        }

        var smallest = new Smallest();
        foreach (Question question in Explain(RouteSet.Empty, mayAlreadyLeak: false, open, smallest))
        {
            yield return question;
        }

        Clean = Clean.Except(smallest.Routes);
        foreach (Question question in ConfirmTogether(smallest.Routes))
        {
            yield return question;
        }
    }

    // A leak that shows only now and then may look as if it needed a second route. So each is given a last chance to leak alone.
    private IEnumerable<Question> ConfirmTogether(RouteSet routes)
    {
        bool leaksAlone = false;
        foreach (int route in routes.Routes)
        {
            RouteSet single = RouteSet.Of([route]);
            yield return new Question(single, RoundPurpose.Confirmation, 2 * MostLoad);
            var alone = new Answer { Estimate = Exactly(single) ?? new RateEstimate(0, 1) };
            leaksAlone |= alone.Leaks;
            Add(single, alone);
        }

        if (leaksAlone)
        {
            yield break;
        }

        var together = new Answer();
        foreach (Question question in Ask(routes, RoundPurpose.Combination, together))
        {
            yield return question;
        }

        Add(routes, together);
    }

    // The smallest part of the candidates that leaks together with what is loaded anyway.
    private IEnumerable<Question> Explain(RouteSet loaded, bool mayAlreadyLeak, RouteSet candidates, Smallest result)
    {
        if (mayAlreadyLeak)
        {
            var already = new Answer();
            foreach (Question question in Ask(loaded, RoundPurpose.Combination, already))
            {
                yield return question;
            }

            if (already.Leaks)
            {
                yield break;
            }
        }

        if (candidates.Count == 1)
        {
            result.Routes = candidates;
            yield break;
        }

        (RouteSet first, RouteSet second) = candidates.Halves();
        var needed = new Smallest();
        foreach (Question question in Explain(loaded.Union(first), first.Count > 0, second, needed))
        {
            yield return question;
        }

        var others = new Smallest();
        foreach (Question question in Explain(loaded.Union(needed.Routes), needed.Routes.Count > 0, first, others))
        {
            yield return question;
        }

        result.Routes = needed.Routes.Union(others.Routes);
    }

    // Asks again with twice the load while the answer is in doubt.
    private IEnumerable<Question> Ask(RouteSet routes, RoundPurpose purpose, Answer answer)
    {
        var question = new Question(routes, purpose, 1);
        while (routes.Count > 0)
        {
            if (Measured(question) is { } estimate)
            {
                answer.Estimate = estimate;
                if (estimate.Call() != GrowthCall.Unsure || question.Load > MostLoad)
                {
                    yield break;
                }

                question = question with { Load = 2 * question.Load };
            }

            if (question.Load > MostLoad)
            {
                yield break;
            }

            yield return question;
        }
    }

    private RateEstimate? Measured(Question question) =>
        Pooled(_measured.Where(measured => Answers(question, measured.Routes)).Select(measured => measured.Estimate));

    private RateEstimate? Exactly(RouteSet routes) =>
        Pooled(_measured.Where(measured => measured.Routes.Equals(routes)).Select(measured => measured.Estimate));

    private static RateEstimate? Pooled(IEnumerable<RateEstimate> estimates)
    {
        RateEstimate? pooled = null;
        foreach (RateEstimate estimate in estimates)
        {
            pooled = pooled?.With(estimate) ?? estimate;
        }

        return pooled;
    }

    private void Add(RouteSet routes, Answer answer)
    {
        if (answer.Leaks && !Found.Any(found => found.Routes.Equals(routes)))
        {
            Found.Add((routes, answer.Estimate));
        }
    }

    // Iterators have no out parameters.
    private sealed class Answer
    {
        public RateEstimate Estimate { get; set; } = new(0, 1);

        public bool Leaks => Estimate.Leaks;
    }

    private sealed class Smallest
    {
        public RouteSet Routes { get; set; } = RouteSet.Empty;
    }
}
