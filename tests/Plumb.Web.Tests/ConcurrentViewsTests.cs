using Microsoft.AspNetCore.Http;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;
using Plumb.Web.Shelf;
using Plumb.Web.Views;

namespace Plumb.Web.Tests;

/// <summary>Requests are answered side by side, and share what has been computed of a profile: none may see another's work half done.</summary>
public sealed class ConcurrentViewsTests
{
    private const int Rounds = 5;
    private const int Threads = 8;

    private static readonly string[] Questions =
    [
        "flame", "flame?trim=false", "flame?f=a", "top", "top?g=lines", "top?f=a", "graph", "graph?f=a", "graph?g=files", "graph?calltree=true", "tree", "peek?symbol=a",
        "source?symbol=a", "tags", "traces", "raw", "comments", "export/proto", "export/folded", "profile", "check?f=(", "graph?tagleaf=thread", "flame?tagroot=thread",
    ];

    [Theory]
    [InlineData("go1.19.json.cpu", false)]
    [InlineData("java.heap", false)]
    [InlineData("go1.19.json.cpu", true)]
    public async Task All_views_at_once_are_what_each_is_alone(string file, bool someAreGivenUp)
    {
        Dictionary<string, byte[]> alone = Questions.ToDictionary(question => question, question => Ask(Views(file), question, CancellationToken.None));
        for (int round = 0; round < Rounds; round++)
        {
            // Nothing has been computed yet, so that all meet where things are made.
            ProfileViews views = Views(file);
            using var start = new Barrier(Threads);
            int seed = round * Threads;
            await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
                () =>
                {
                    var random = new Random(seed + thread);
                    string[] questions = [.. Questions];
                    random.Shuffle(questions);
                    start.SignalAndWait();
                    foreach (string question in questions)
                        AskOrGiveUp(views, question, alone[question], someAreGivenUp && random.Next(2) == 0 ? random.Next(20) : null);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
        }
    }

    /// <param name="hundredths">Of a millisecond, after which the answer is of no interest; null for an answer that is waited for.</param>
    private static void AskOrGiveUp(ProfileViews views, string question, byte[] expected, int? hundredths)
    {
        using var giveUp = new CancellationTokenSource();
        if (hundredths is { } soon)
            giveUp.CancelAfter(TimeSpan.FromMicroseconds(10 * soon));

        try
        {
            Assert.True(expected.AsSpan().SequenceEqual(Ask(views, question, giveUp.Token)), $"{question} is another one");
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            // As it should be.
        }
    }

    private static ProfileViews Views(string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(TestProfiles.TestData(), "profiles", file));
        var session = new ProfileSession(ProfileSelection.All(ProfileReader.Read(stream).WithStandInMapping()), ReportOptions.Default);
        return new ProfileViews(session, new ProfileShelf(session));
    }

    private static byte[] Ask(ProfileViews views, string question, CancellationToken cancellation)
    {
        string[] parts = question.Split('?');
        var query = new QueryCollection(parts.Length == 1 ? [] : Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(parts[1]));
        ViewRequest request = ViewRequest.Parse(ReportOptions.Default, new ProfilePair(0, ProfilePair.Nothing), query);
        return views.Find(parts[0])!(request, cancellation).Body;
    }
}
