using System.Text;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Care;

/// <summary>Who a carer is; never leaves the store unsealed but for a stated purpose.</summary>
public sealed record CarerIdentity(string Name, string IdNumber, string Phone)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(CarerIdentity);
}

/// <summary>A carer as a request tells it.</summary>
public sealed record ToldCarer(CarerIdentity Identity, CarerRelation Relation, bool IsOfAge)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(ToldCarer);
}

/// <summary>What is decided once the child's file is known.</summary>
public delegate Task<Func<EntrustedCare, IEnumerable<ICareEvent>>> Prepared(StoreWork work, Child child, CancellationToken ct);

/// <summary>Reads carers from requests, and seals them under the key of the child they care for: they are erased with it.</summary>
public sealed class ReadCarer(PersonKeyTable personKeys, KeyedDigest digests)
{
    public ToldCarer Read(V1.CarerIdentity? told, V1.CarerRelation relation, DateOnly today)
    {
        var name = Texts.Line(told?.Name ?? "", "carer.name", 1, 100);
        var phone = Texts.Line(told?.Phone ?? "", "carer.phone", 0, 30);
        var number = ResidentIdNumber.Read(told?.IdNumber);
        if (number is not { IsValid: true, BirthDate: { } born })
            throw Requests.Invalid("carer.id_number: not a right ID number (GB 11643)");
        return new(new(name, number.Reveal(), phone), Requests.Word<CarerRelation>(relation, "relation"), !Ages.IsUnder(born, Ages.Adult, today));
    }

    /// <summary>A decision that asks for the sealed carer. Whose data was erased is entrusted to nobody anew.</summary>
    public Prepared Sealing(ToldCarer told, Func<EntrustedCare, Child, Carer, IEnumerable<ICareEvent>> decide) => async (work, child, ct) =>
    {
        var key = (await personKeys.LoadMany(work.Connection, work.Transaction, [child.KeyId], ct)).GetValueOrDefault(child.KeyId);
        if (key is null or { IsDestroyed: true })
            throw new RejectedException("the child's data was erased");
        var carer = new Carer(key.SealJson(told.Identity), Digest($"{told.Identity.Name}\n{told.Identity.IdNumber}\n{told.Identity.Phone}"), Digest(told.Identity.IdNumber), told.Relation);
        return care => decide(care, child, carer);
    };

    private string Digest(string content) => Convert.ToBase64String(digests.Of(Encoding.UTF8.GetBytes("carer/" + content)).AsSpan(0, 16));
}
