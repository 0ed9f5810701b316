namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>(*lessor).recvKeepAliveLoop</c> and its siblings.</summary>
public sealed class EtcdClientNotClosed : LeakPattern
{
    public override string Id => "etcd-client-not-closed";

    public override string Title => "An etcd client or lease is not closed";

    public override string Cause => "Clients and leases run keep-alive goroutines until they are closed.";

    public override string Remedy => "Share one clientv3.Client; Close() it and every lease at the end.";

    public override string? Reference => "https://pkg.go.dev/go.etcd.io/etcd/client/v3";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("etcd/client", "(*lessor).*", "(*watcher).*", "(*watchGrpcStream).*") is not null
            || suspect.Goroutine("etcd/clientv3", "(*lessor).*", "(*watchGrpcStream).*") is not null
            ? PatternMatch.Yes("more and more lease or watch goroutines of etcd's client")
            : PatternMatch.No;
    }
}
