using Plumb.Web.Serving;

namespace Plumb.Web.Tests;

public sealed class SharedAnswersTests
{
    private static readonly Answer Some = new(Answer.Text, [1]);

    [Fact]
    public async Task What_several_ask_for_at_once_is_made_once()
    {
        var shared = new SharedAnswers();
        var begun = new TaskCompletionSource<Answer>();
        int made = 0;

        Task<Answer>[] all = [.. Enumerable.Range(0, 5).Select(_ => shared.GetAsync("view", Make, CancellationToken.None))];
        begun.SetResult(Some);

        Assert.All(await Task.WhenAll(all), answer => Assert.Same(Some, answer));
        Assert.Equal(1, made);

        Task<Answer> Make(CancellationToken cancellation)
        {
            Interlocked.Increment(ref made);
            return begun.Task;
        }
    }

    [Fact]
    public async Task Who_loses_interest_takes_nothing_from_others()
    {
        var shared = new SharedAnswers();
        var begun = new TaskCompletionSource<Answer>();
        using var leaving = new CancellationTokenSource();
        CancellationToken seen = default;
        Task<Answer> leaver = shared.GetAsync("view", Make, leaving.Token);
        Task<Answer> stayer = shared.GetAsync("view", Make, CancellationToken.None);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        Assert.False(seen.IsCancellationRequested);
        begun.SetResult(Some);

        Assert.Same(Some, await stayer);

        Task<Answer> Make(CancellationToken cancellation)
        {
            seen = cancellation;
            return begun.Task;
        }
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_given_up_and_begun_anew_for_the_next()
    {
        var shared = new SharedAnswers();
        using var leaving = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        Task<Answer> first = shared.GetAsync("view", WaitAsync, leaving.Token);
        await begun.Task;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Same(Some, await shared.GetAsync("view", _ => Task.FromResult(Some), CancellationToken.None));

        async Task<Answer> WaitAsync(CancellationToken cancellation)
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                ended.SetResult();
            }

            return Some;
        }
    }

    [Fact]
    public async Task A_failure_is_that_of_all_who_waited_and_of_nobody_after_them()
    {
        var shared = new SharedAnswers();

        await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetAsync("view", _ => Task.FromException<Answer>(new InvalidOperationException()), CancellationToken.None));

        Assert.Same(Some, await shared.GetAsync("view", _ => Task.FromResult(Some), CancellationToken.None));
    }
}
