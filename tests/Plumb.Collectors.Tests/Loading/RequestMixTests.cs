using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Tests.Loading;

public sealed class RequestMixTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(997)]
    [InlineData(10_000)]
    public void Each_request_gets_its_share_give_or_take_a_few(int count)
    {
        double[] weights = [1, 1, 5, 0.5, 2.5];
        RequestMix mix = RequestMix.Of([.. weights.Select((weight, i) => RequestTemplate.Get(new Uri($"http://localhost/{i}")).WithWeight(weight))]);
        int[] sent = new int[weights.Length];
        for (long number = 0; number < count; number++)
        {
            sent[mix.IndexOf(number)]++;
        }

        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Equal(count * weights[i] / weights.Sum(), sent[i], 5.0);
        }
    }

    [Fact]
    public void Requests_that_are_equal_in_weight_are_equal_in_number()
    {
        RequestMix mix = RequestMix.Of([.. Enumerable.Range(0, 12).Select(i => RequestTemplate.Get(new Uri($"http://localhost/{i}")))]);
        ILookup<int, long> sent = Enumerable.Range(0, 1200).Select(number => (long)number).ToLookup(mix.IndexOf);
        Assert.Equal(12, sent.Count);
        Assert.All(sent, one => Assert.InRange(one.Count(), 97, 103));
    }

    [Fact]
    public void A_mix_knows_the_hosts_it_goes_to_and_they_are_bounded()
    {
        RequestMix mix = RequestMix.Of([RequestTemplate.Get(new Uri("http://a/1")), RequestTemplate.Get(new Uri("http://b:81/2")), RequestTemplate.Get(new Uri("http://a/3"))]);
        Assert.Equal(["http://a/", "http://b:81/"], mix.Origins.Select(origin => origin.AbsoluteUri));
        Assert.Equal([0, 1, 0], Enumerable.Range(0, 3).Select(mix.OriginOf));
        Assert.Throws<ArgumentException>(() => RequestMix.Of([.. Enumerable.Range(0, 17).Select(i => RequestTemplate.Get(new Uri($"http://h{i}/")))]));
        Assert.Throws<ArgumentException>(() => RequestMix.Of([]));
    }
}
