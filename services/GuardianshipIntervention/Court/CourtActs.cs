using System.Collections.Immutable;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.GuardianshipIntervention.Petitions;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>What is asked of a court and what it does, and how a case ends. The names are stored.</summary>
public enum CourtAct
{
    /// <summary>A protection order was applied for, and the court took it up (反家庭暴力法 §23).</summary>
    OrderApplied,

    /// <summary>人身安全保护令 was granted.</summary>
    OrderGranted,

    /// <summary>The application was refused.</summary>
    OrderRefused,

    /// <summary>The order was prolonged before it lapsed (§30).</summary>
    OrderExtended,

    /// <summary>A review (复议) was asked for (§31).</summary>
    OrderReviewAsked,

    /// <summary>The review left the decision as it was.</summary>
    OrderReviewUpheld,

    /// <summary>The order was revoked, on request (§30) or on review (§31).</summary>
    OrderSetAside,

    /// <summary>The order's time ran out (§30). The clock's act, and no person's.</summary>
    OrderLapsed,

    /// <summary>申请撤销监护人资格, taken up by the court (民法典 §36).</summary>
    PetitionFiled,

    /// <summary>The court's president gave more time (民事诉讼法 §187).</summary>
    PetitionExtended,

    /// <summary>The petition was withdrawn.</summary>
    PetitionWithdrawn,

    /// <summary>The petition was dismissed.</summary>
    PetitionDismissed,

    /// <summary>The judgment revoked guardianship and named the guardian (民法典 §36).</summary>
    GuardianshipRevoked,

    /// <summary>The respondent was convicted of an intentional crime against the child (民法典 §38).</summary>
    CrimeConvicted,

    /// <summary>A petition for restoration (民法典 §38).</summary>
    RestorationPetitioned,

    /// <summary>Guardianship was restored.</summary>
    GuardianshipRestored,

    /// <summary>Restoration was refused.</summary>
    RestorationRefused,

    /// <summary>Civil affairs found the entrusted carer unfit; the case ends.</summary>
    CarerFoundUnfit,

    /// <summary>County civil affairs end the case.</summary>
    CaseClosed,
}

/// <summary>One act as its document says.</summary>
/// <param name="Request">The request that recorded it.</param>
/// <param name="Organ">The court or organ, or who petitioned as an organisation; never a person's name.</param>
/// <param name="DocumentNo">Number of its document.</param>
/// <param name="OccurredAt">When it was done; of a petition and an application, when the court took it up (立案、受理).</param>
public sealed record CourtRecord(Guid Request, CourtAct Act, string Organ, string DocumentNo, DateTimeOffset OccurredAt)
{
    /// <summary>Of an application: whether the situation is urgent (反家庭暴力法 §28).</summary>
    public bool Urgent { get; init; }

    /// <summary>Of an order its last day, of more time for a judgment the last day of that.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Of a petition: who filed it.</summary>
    public Petitioner? Petitioner { get; init; }

    /// <summary>Of a petition: what it pleads.</summary>
    public PetitionGrounds Pleaded { get; init; }

    /// <summary>Of a judgment: whom it names.</summary>
    public GuardianKind? Guardian { get; init; }

    /// <summary>The same act of the same document, whoever recorded it.</summary>
    public bool IsSameDocument(CourtRecord other) => (Act, Organ, DocumentNo) == (other.Act, other.Organ, other.DocumentNo);
}
