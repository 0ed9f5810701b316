using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Profiles.Merging;
using Plumb.Reports;

namespace Plumb.Web.Shelf;

/// <summary>
/// The profiles that a page can show, alone or two compared: those that the server was started with, and a few that were uploaded since, of which
/// the oldest makes room. Safe for concurrent use.
/// </summary>
internal sealed class ProfileShelf
{
    private const int MaxUploads = 6;
    private const int MaxOpen = 3;
    private const int MaxTitle = 200;

    private readonly ProfileSession _session;
    private readonly Lock _lock = new();
    private readonly LinkedList<(ProfilePair Pair, bool Normalize, Lazy<ReportSession> Reports)> _open = [];
    private ImmutableList<ShelvedProfile> _profiles;
    private int _nextId;

    public ProfileShelf(ProfileSession session)
    {
        _session = session;
        _profiles = [new ShelvedProfile(0, session.Title, session.Profile, IsUploaded: false)];
        if (session.Base is { } baseline)
            _profiles = _profiles.Add(new ShelvedProfile(1, session.BaseTitle, baseline, IsUploaded: false));

        _nextId = _profiles.Count;
        Initial = new ProfilePair(0, session.Base is null ? ProfilePair.Nothing : 1);
    }

    /// <summary>What is shown when a request does not say.</summary>
    public ProfilePair Initial { get; }

    public ImmutableList<ShelvedProfile> Profiles
    {
        get
        {
            lock (_lock)
                return _profiles;
        }
    }

    public ShelvedProfile Add(string title, Profile profile)
    {
        ProfileSelection selection = FramePruning.DropFrames(profile.WithStandInMapping());
        lock (_lock)
        {
            ShelvedProfile[] uploads = [.. _profiles.Where(shelved => shelved.IsUploaded)];
            if (uploads.Length >= MaxUploads)
                Remove(uploads[0]);

            var added = new ShelvedProfile(_nextId++, title.Length > MaxTitle ? title[..MaxTitle] : title, selection, IsUploaded: true);
            _profiles = _profiles.Add(added);
            return added;
        }
    }

    /// <exception cref="ReportException">There is no such profile any more, or the two cannot be compared.</exception>
    public ReportSession Open(ProfilePair pair, bool normalize)
    {
        Lazy<ReportSession> reports;
        lock (_lock)
        {
            (ProfilePair, bool, Lazy<ReportSession> Reports) known = _open.FirstOrDefault(open => open.Pair == pair && open.Normalize == normalize);
            if (known.Reports is not null)
                _open.Remove(known);
            else
                known = (pair, normalize, Make(pair, normalize));

            _open.AddFirst(known);
            if (_open.Count > MaxOpen)
                _open.RemoveLast();

            reports = known.Reports;
        }

        try
        {
            return reports.Value;
        }
        catch (ProfileFormatException e)
        {
            throw new ReportException($"the two profiles cannot be compared: {e.Message}", e);
        }
    }

    /// <summary>The machine code that views of a profile may show.</summary>
    public bool MayReadCode(ProfilePair pair) => !Find(pair.Profile).IsUploaded && (!pair.IsComparison || !Find(pair.Base).IsUploaded);

    private Lazy<ReportSession> Make(ProfilePair pair, bool normalize)
    {
        ShelvedProfile profile = Find(pair.Profile);
        if (!pair.IsComparison)
            return new Lazy<ReportSession>(() => new ReportSession(profile.Profile));

        ShelvedProfile baseline = Find(pair.Base);
        bool keepApart = _session.IsDiffBase || pair != Initial;
        return new Lazy<ReportSession>(() => new ReportSession(ProfileSelection.All(
            ProfileComparison.Of(profile.Profile.ToProfile(), baseline.Profile.ToProfile(), keepApart, normalize))));
    }

    private ShelvedProfile Find(int id) =>
        Profiles.Find(shelved => shelved.Id == id) ?? throw new ReportException("that profile is not there any more: it was uploaded, and newer ones took its place");

    private void Remove(ShelvedProfile profile)
    {
        _profiles = _profiles.Remove(profile);
        for (LinkedListNode<(ProfilePair Pair, bool, Lazy<ReportSession>)>? node = _open.First, next; node is not null; node = next)
        {
            next = node.Next;
            if (node.Value.Pair.Profile == profile.Id || node.Value.Pair.Base == profile.Id)
                _open.Remove(node);
        }
    }
}
