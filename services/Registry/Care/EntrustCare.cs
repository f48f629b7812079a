using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Care;

/// <summary>Entrusts a child's care (未成年人保护法 §22). Nothing here touches who its guardian is.</summary>
public sealed record EntrustCare(Carer Carer, bool CarerIsOfAge, DateOnly From, DateOnly? Until, EntrustReason Reason, ChildOpinion ChildHeard)
{
    public static IEnumerable<ICareEvent> Decide(EntrustCare command, EntrustedCare care, Child child, DateOnly today)
    {
        Require.Open(child);
        if (care.Runs && command.SaysTheSameAs(care))
            return [];
        if (care.Lasts)
            throw new RejectedException("a carer is entrusted already: change the carer, or end the care first");
        Require.Fit(command.Carer, command.CarerIsOfAge, care);
        if (command.From > today)
            throw new RejectedException("from: in the future");
        if (command.Until < command.From || command.Until < today)
            throw new RejectedException("until: before the care began, or before today");
        return
        [
            new CareEntrusted(child.Id, child.Facts.Residence, command.Carer, command.From, command.Until, command.Reason, command.ChildHeard,
                ContactWeek.DueAfter(today), Facts.Anew(care)),
        ];
    }

    private bool SaysTheSameAs(EntrustedCare care) =>
        (Carer.Digest, Carer.Relation, From, Until, Reason, ChildHeard)
        == (care.Carer!.Digest, care.Carer.Relation, care.From, care.Until, care.Reason, care.ChildHeard);
}

/// <summary>Another carer; screened and notified anew.</summary>
public sealed record ChangeCarer(Carer Carer, bool CarerIsOfAge, ChildOpinion ChildHeard)
{
    public static IEnumerable<ICareEvent> Decide(ChangeCarer command, EntrustedCare care, Child child, DateOnly today)
    {
        Require.Open(child);
        if (!care.Lasts)
            throw new RejectedException("no care is entrusted");
        if (care.Runs && (command.Carer.Digest, command.Carer.Relation) == (care.Carer!.Digest, care.Carer.Relation))
            return [];
        Require.Fit(command.Carer, command.CarerIsOfAge, care);
        var facts = care.Runs ? Facts.Anew(care) with { Contact = care.Facts.Contact } : Facts.Anew(care);
        return [new CarerChanged(child.Id, command.Carer, command.ChildHeard, care.Runs ? care.ContactDue : ContactWeek.DueAfter(today), facts, today)];
    }
}

/// <summary>What every command on a child's care asks for.</summary>
internal static class Require
{
    public static void Open(Child child)
    {
        if (child.Facts.State is not FileState.Open)
            throw new RejectedException($"the file is closed: {child.Facts.State}");
    }

    public static void Running(EntrustedCare care, Child child)
    {
        Open(child);
        if (!care.Runs)
            throw new RejectedException(care.Lasts ? "the carer was barred by screening: change the carer, or end the care" : "no care is entrusted");
    }

    public static void Fit(Carer carer, bool isOfAge, EntrustedCare care)
    {
        if (!isOfAge)
            throw new RejectedException("carer: under age (未成年人保护法 §22)");
        if (care.Refused.Contains(carer.Person))
            throw new RejectedException("carer: was barred or found unfit before (未成年人保护法 §22)");
    }
}

/// <summary>The facts after what begins or ends a care.</summary>
internal static class Facts
{
    public static CareFacts Anew(EntrustedCare care) => care.Facts with { Entrusted = Entrustment.Entrusted, Screened = false, Notified = false, Contact = ParentContact.NotCollected };

    public static CareFacts Without(EntrustedCare care, Entrustment left) => Anew(care) with { Entrusted = left };
}
